/// What a message may not hold; never says the text itself, which may be about a person.
public enum LetterFault: Error, Sendable, Equatable {
  /// No mail could be sent to this address.
  case address
  /// A shown name that is too long, or holds an end of line or another control.
  case name
  /// A subject that is empty, too long, or holds an end of line or another control.
  case subject
  /// An address of a page that is not whole: `http://` or `https://`, ASCII, no space.
  case link
  /// Nothing to say.
  case empty
  /// More text than a message takes.
  case tooLong
  /// A key that is empty or too long.
  case key
}

extension LetterFault: CustomStringConvertible {
  /// What is wrong and how to mend it, in French.
  public var description: String {
    switch self {
    case .address:
      "L’adresse électronique n’est pas comprise\u{202F}: écrivez-la sous la forme nom@domaine.fr, sans accent ni espace."
    case .name:
      "Le nom du destinataire ou de l’expéditeur contient un retour à la ligne ou dépasse 200 signes. Raccourcissez-le."
    case .subject:
      "L’objet du message est vide, contient un retour à la ligne ou dépasse \(Letter.longestSubject) signes. Corrigez-le."
    case .link:
      "Un lien du message n’est pas une adresse complète\u{202F}: elle commence par https:// et ne contient pas d’espace."
    case .empty: "Le message est vide. Écrivez au moins un paragraphe."
    case .tooLong: "Le message est trop long\u{202F}: un million d’octets au plus."
    case .key: "La clef du message est vide ou dépasse 200 signes."
    }
  }
}
