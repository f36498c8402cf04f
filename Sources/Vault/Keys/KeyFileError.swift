import Clauses

/// Why the file of keys cannot be read or written.
public struct KeyFileError: Error, Equatable {
  /// What is wrong.
  public enum Cause: Sendable, Equatable {
    /// There is no such file.
    case missing
    /// A file of this name already exists, and is never overwritten.
    case exists
    /// A rotation is under way, or one was interrupted.
    case rotating
    /// Others than its owner may read or change it; the rights it has, in octal.
    case open(String)
    /// It belongs to another account.
    case foreign
    /// It is a folder or something else than a file.
    case notFile
    /// A line cannot be understood, counted from 1.
    case line(Int)
    /// The checksum does not answer for the rest.
    case checksum
    /// There are more keys than numbers for them.
    case full
    /// The system’s own reason.
    case system(String)
  }
  /// What is wrong.
  public let cause: Cause
  /// The file.
  public let path: String
}

extension KeyFileError: CustomStringConvertible {
  /// What is wrong and how to mend it, in French; never anything of a key.
  public var description: String {
    let file = "«\(French.thin)\(path)\(French.thin)»"
    return switch cause {
    case .missing:
      "Le fichier de clefs \(file) n’existe pas. Indiquez où il se trouve, ou remettez-le depuis sa "
        + "sauvegarde\(French.thin): sans lui, les données chiffrées ne peuvent pas être lues."
    case .exists:
      "Le fichier de clefs \(file) existe déjà. Il n’a pas été remplacé\(French.thin): "
        + "choisissez un autre nom, ou gardez-le."
    case .rotating:
      "Un changement de clef est en cours, ou a été interrompu\(French.thin): le fichier "
        + "«\(French.thin)\(path).new\(French.thin)» existe. Si aucun changement n’est en cours, supprimez-le, puis recommencez."
    case .open(let rights):
      "Le fichier de clefs \(file) est accessible à d’autres comptes que le sien (droits \(rights)). "
        + "Réservez-le à son propriétaire\(French.thin): chmod 600 \(path)"
    case .foreign:
      "Le fichier de clefs \(file) appartient à un autre compte. "
        + "Donnez-le au compte qui lance le programme, avec chown."
    case .notFile:
      "Le chemin \(file) ne désigne pas un fichier. Indiquez le fichier de clefs lui-même."
    case .line(let number):
      "La ligne \(number) du fichier de clefs \(file) n’est pas comprise. Remettez le fichier depuis sa sauvegarde."
    case .checksum:
      "Le fichier de clefs \(file) a été modifié ou abîmé\(French.thin): sa somme de contrôle n’est pas la bonne. "
        + "Remettez-le depuis sa sauvegarde."
    case .full:
      "Le fichier de clefs \(file) contient déjà toutes les clefs possibles."
    case .system(let reason):
      "Le fichier de clefs \(file) ne peut pas être lu ou écrit (\(reason)). "
        + "Vérifiez le dossier, ses droits et la place."
    }
  }
}
