import Clauses

/// Why a document cannot be printed: `description` says it in French with what to do, `debugDescription` is for the log.
///
/// Neither holds text of the document, save for the compiler's own words in `debugDescription`.
public enum PaperFailure: Error, Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible {
  /// The program is not installed, or not where the settings say.
  case absentProgram(Program)
  /// A file that comes with Marchepied, or the font, is not there; its path.
  case absentFile(String)
  /// It lasted longer than this many seconds.
  case late(seconds: Int)
  /// A file would be larger than this many bytes.
  case tooLarge(limit: Int)
  /// The program stopped by itself; its own words.
  case refused(Program, words: String)
  /// What the program wrote cannot be read.
  case unreadable(PaperFormat)
  /// The temporary folder takes no file.
  case noRoom
  /// Whoever asked for it no longer waits.
  case interrupted

  /// A program that lays out.
  public enum Program: String, Sendable {
    /// The project's private Python.
    case python
    /// The compiler of PDF, in that Python.
    case typst
    /// The writer of Word and LibreOffice files.
    case pandoc
  }

  /// What is wrong and how to mend it.
  public var description: String {
    switch self {
    case .absentProgram(.pandoc):
      "Le document ne peut pas être produit en Word ni en LibreOffice\(French.thin): le programme pandoc est introuvable. "
        + "Installez-le par « apt install pandoc », ou demandez le PDF.".frenchQuotes
    case .absentProgram(.typst):
      "Le document ne peut pas être produit en PDF\(French.thin): le module Python typst est introuvable. "
        + "Relancez la mise en place (« setup/install »), ou demandez le fichier Word ou LibreOffice.".frenchQuotes
    case .absentProgram(.python):
      "Le document ne peut pas être produit en PDF\(French.thin): le Python de la mise en place est introuvable. "
        + "Relancez la mise en place (« setup/install »), ou demandez le fichier Word ou LibreOffice.".frenchQuotes
    case .absentFile(let path):
      "Le document ne peut pas être produit\(French.thin): \(path) est introuvable. "
        + "Relancez la mise en place (« setup/install »).".frenchQuotes
    case .late(let seconds):
      "Le document n’a pas été produit en \(French.count(seconds, "seconde"))\(French.thin): "
        + "recommencez, ou demandez moins de documents à la fois."
    case .tooLarge(let limit):
      "Le document dépasserait \(French.integer(limit / 1_000_000))\(French.noBreak)Mo\(French.thin): "
        + "demandez-en une plus petite partie."
    case .refused(let program, _):
      "Le programme \(program.rawValue) n’a pas pu produire le document. "
        + "Recommencez\(French.thin); si cela se répète, signalez-le avec le journal du serveur."
    case .unreadable(let format):
      "Le fichier \(format.rawValue.uppercased()) produit est illisible. "
        + "Recommencez\(French.thin); si cela se répète, vérifiez la mise en place (« setup/install »).".frenchQuotes
    case .noRoom:
      "Le document ne peut pas être produit\(French.thin): le dossier temporaire du serveur n’accepte pas de fichier. "
        + "Libérez de la place sur le disque, puis recommencez."
    case .interrupted: "La production du document a été interrompue."
    }
  }

  /// The same for the log, with the program's own words.
  public var debugDescription: String {
    switch self {
    case .refused(let program, let words): "\(program.rawValue): \(words)"
    default: description
    }
  }
}

extension String {
  /// French quotation marks hold what they quote.
  fileprivate var frenchQuotes: String {
    replacing("« ", with: "«\(French.thin)").replacing(" »", with: "\(French.thin)»")
  }
}
