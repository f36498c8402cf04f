import Clauses
import Records

/// What the person who asks is written; never what they wrote themselves, which someone else might have typed.
enum RequestLetter {
  /// That the request came, and until when it is answered.
  static func receipt(of request: StoredPersonalRequest, to requester: Requester) throws(LetterFault) -> Letter {
    try letter(
      request, requester, "receipt", "Votre demande \(request.reference) est reçue",
      [
        .paragraph(
          "Nous avons reçu le \(request.receivedOn.french) une demande sur vos données personnelles\u{202F}: "
            + "\(request.kind.label). Sa référence est \(request.reference)."),
        .paragraph(
          "Vous aurez une réponse au plus tard le \(request.dueOn.french). Si la demande est complexe, ce délai peut être "
            + "prolongé une fois\u{202F}: nous vous le dirions avant cette date, avec le motif."),
        .note(
          "Si vous n’avez rien demandé, répondez à l’organisme qui gère vos données, ou ne faites rien\u{202F}: aucune donnée "
            + "n’est donnée sans vérifier l’identité."),
      ])
  }

  /// That the delay is extended, and why.
  static func delay(
    of request: StoredPersonalRequest, to requester: Requester, reason: String
  ) throws(LetterFault) -> Letter {
    try letter(
      request, requester, "extension", "Votre demande \(request.reference)\u{202F}: délai prolongé",
      [
        .paragraph(
          "La réponse à votre demande \(request.reference) prendra plus de temps. Vous l’aurez au plus tard le "
            + "\(request.dueOn.french)."),
        .paragraph("Motif\u{202F}:"),
      ] + paragraphs(reason) + [complaint])
  }

  /// The answer.
  static func answer(
    to request: StoredPersonalRequest, of requester: Requester, _ outcome: PersonalRequest.Outcome, text: String?
  ) throws(LetterFault) -> Letter {
    try letter(
      request, requester, "answer", "Réponse à votre demande \(request.reference)",
      [.paragraph("Votre demande \(request.reference) (\(request.kind.label)) est \(outcome.label).")]
        + paragraphs(text ?? "") + (outcome.needsReason ? [complaint] : []))
  }

  private static func paragraphs(_ text: String) -> [Letter.Block] {
    text.split(separator: "\n").map { .paragraph(String($0)) }
  }

  /// What one may do who does not agree (RGPD, article 12, paragraph 4).
  private static let complaint = Letter.Block.note(
    "Si cette réponse ne vous convient pas, vous pouvez saisir la CNIL (www.cnil.fr, 3 place de Fontenoy, 75007 Paris) ou le "
      + "tribunal compétent.")

  private static func letter(
    _ request: StoredPersonalRequest, _ requester: Requester, _ event: String, _ subject: String,
    _ blocks: [Letter.Block]
  ) throws(LetterFault) -> Letter {
    try Letter(
      to: Mailbox(requester.email.text), subject: subject, kind: .notice,
      key: "personal-request/\(request.id)/\(event)", [.paragraph("Bonjour,")] + blocks)
  }
}
