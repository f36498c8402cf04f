/// What a database can refuse.
///
/// `description` is a French sentence for pages and logs, without values or data about people; `debugDescription` adds the
/// engine's own words, which may quote a value.
public enum StorageError: Error, Sendable, Equatable {
  /// Which rule of the schema was broken.
  public enum Constraint: String, Sendable {
    case unique, foreignKey, notNull, check, exclusion
  }

  /// No server answered within the configured patience, or the file cannot be opened. The text never holds a password.
  case unreachable(String)
  /// A rule of the schema: on PostgreSQL its name, on SQLite the name of a CHECK, or the columns (`lot.id, lot.number`).
  case constraint(Constraint, name: String)
  /// Writers collided too many times in a row (40001, 40P01).
  case conflict
  /// Another process holds the database or the row for longer than the configured wait.
  case busy
  /// A statement ran for longer than the configured limit.
  case statementTimeout
  /// No room left where the database lives.
  case diskFull
  /// Something would have changed the data inside `read`, or the database accepts no writes.
  case readOnly
  /// The connection was lost during COMMIT: the transaction may or may not have been recorded.
  case commitUnknown
  /// The closure returned although a statement had failed (its code is given): nothing was recorded.
  case commitRefused(because: String)
  /// A statement after one that failed (its code is given), outside `attempt`.
  case transactionFailed(because: String)
  /// A column that does not hold what the program expects. `found` is a kind of value, never a value.
  case decoding(column: String, expected: String, found: String, statement: String)
  /// A text that holds a zero character, which no engine can store; the place counts from 1.
  case zeroCharacter(place: Int)
  /// More bound values than ``SQL/maximumBinds``.
  case tooManyBinds(Int)
  /// A connection or a row used outside its closure.
  case outOfReach
  /// The database was closed.
  case closed
  /// Anything else: SQLSTATE or SQLite's extended code, the engine's words, and the statement without its values.
  case other(code: String, message: String, statement: String)
}

extension StorageError {
  /// Whether only a whole new transaction can succeed.
  var needsNewTransaction: Bool { retryCause != nil }

  /// Whether and why the same closure may run again.
  var retryCause: Backoff.Cause? {
    switch self {
    case .conflict: .conflict
    case .unreachable: .connection
    case .other(let code, _, _): ["0A000", "26000"].contains(code) ? .stalePlan : nil
    default: nil
    }
  }

  /// A short code that a refused commit can name.
  var rootCode: String {
    switch self {
    case .constraint(let kind, let name): name.isEmpty ? kind.rawValue : "\(kind.rawValue) \(name)"
    case .commitRefused(let code), .transactionFailed(let code): code
    case .other(let code, _, _): code
    case .unreachable: "unreachable"
    case .conflict: "conflict"
    case .busy: "busy"
    case .statementTimeout: "statementTimeout"
    case .diskFull: "diskFull"
    case .readOnly: "readOnly"
    case .commitUnknown: "commitUnknown"
    case .decoding: "decoding"
    case .zeroCharacter: "zeroCharacter"
    case .tooManyBinds: "tooManyBinds"
    case .outOfReach: "outOfReach"
    case .closed: "closed"
    }
  }
}

extension StorageError: CustomStringConvertible, CustomDebugStringConvertible {
  /// A French sentence without data about people.
  public var description: String {
    switch self {
    case .unreachable:
      "La base de données ne répond pas. Vérifiez qu’elle est démarrée et que son adresse est la bonne."
    case .constraint(.unique, let name):
      "Cet enregistrement existe déjà (\(name))."
    case .constraint(.foreignKey, let name):
      "Cet enregistrement est lié à un autre qui n’existe pas ou qui l’empêche d’être supprimé\(name.inParentheses)."
    case .constraint(.notNull, let name):
      "Il manque une valeur obligatoire (\(name))."
    case .constraint(_, let name):
      "Une valeur ne respecte pas une règle de la base de données (\(name))."
    case .conflict:
      "D’autres enregistrements ont eu lieu au même moment. Rien n’a été enregistré\u{202F}; recommencez."
    case .busy:
      "La base de données est occupée par un autre traitement. Rien n’a été enregistré\u{202F}; recommencez plus tard."
    case .statementTimeout:
      "La demande a pris trop de temps et a été arrêtée. Précisez-la ou recommencez plus tard."
    case .diskFull:
      "Il n’y a plus de place sur le disque de la base de données. Libérez-en, puis recommencez."
    case .readOnly:
      "La base de données n’accepte pas de modification ici."
    case .commitUnknown:
      "La connexion a été perdue au moment d’enregistrer. Vérifiez si votre saisie est présente avant de recommencer."
    case .commitRefused(let code):
      "Rien n’a été enregistré, car une partie de la demande a échoué (\(code))."
    case .transactionFailed(let code):
      "La demande ne peut pas se poursuivre après un premier échec (\(code))."
    case .decoding(let column, let expected, let found, _):
      "La colonne «\u{202F}\(column)\u{202F}» ne contient pas ce qui était attendu "
        + "(attendu\u{202F}: \(expected)\u{202F}; trouvé\u{202F}: \(found))."
    case .zeroCharacter(let place):
      "Un texte contient un caractère nul, qui ne peut pas être enregistré (valeur nº\u{202F}\(place)). Retirez-le."
    case .tooManyBinds(let count):
      "Une seule requête porte trop de valeurs (\(count), pour un maximum de \(SQL.maximumBinds))."
    case .outOfReach:
      "La connexion à la base de données a été utilisée en dehors de sa transaction."
    case .closed:
      "La base de données est fermée."
    case .other(let code, _, _):
      "La base de données a refusé la demande (code \(code))."
    }
  }

  /// For us: with the engine's words and the statement. May quote a value; never shown on a page.
  public var debugDescription: String {
    switch self {
    case .unreachable(let detail): "StorageError.unreachable: \(detail)"
    case .decoding(_, _, _, let statement): "\(description) — \(statement)"
    case .other(let code, let message, let statement): "StorageError.other \(code): \(message) — \(statement)"
    default: "StorageError.\(rootCode): \(description)"
    }
  }
}

extension String {
  fileprivate var inParentheses: String { isEmpty ? "" : " (\(self))" }
}
