import CLibPQ

extension StorageError {
  /// What a result reports. DETAIL is left out: it quotes the values.
  init(_ result: PostgresResult, statement: @autoclosure () -> String) {
    let code = result.field("C") ?? ""
    let message = result.field("M") ?? String(cString: PQresultErrorMessage(result.pointer))
    let name = result.field("n") ?? result.field("c") ?? ""
    switch code {
    case "23505": self = .constraint(.unique, name: name)
    case "23503": self = .constraint(.foreignKey, name: name)
    case "23502": self = .constraint(.notNull, name: name)
    case "23514": self = .constraint(.check, name: name)
    case "23P01": self = .constraint(.exclusion, name: name)
    case "40001", "40P01": self = .conflict
    case "55P03": self = .busy
    case "57014": self = .statementTimeout
    case "53100": self = .diskFull
    case "25006": self = .readOnly
    // The server stops, starts, is full of connections, or the connection broke.
    case "57P01", "57P02", "57P03", "57P05", "53300", "25P03": self = .unreachable(message)
    case _ where code.hasPrefix("08"): self = .unreachable(message)
    case "": self = .unreachable(message)
    default: self = .other(code: code, message: message, statement: statement())
    }
  }
}
