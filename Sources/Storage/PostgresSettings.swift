/// Where a PostgreSQL server is and how it is used.
public struct PostgresSettings: Sendable {
  /// A libpq connection string or URL, possibly with several hosts; what it says wins over the defaults here.
  ///
  /// With several hosts the first that accepts writes is used (`target_session_attrs=read-write`), so that a failover is
  /// survived. The password is better left to `passfile` or `PGPASSWORD`.
  public var address: String
  /// How many connections, and as many threads: 4 to 16 is what PostgreSQL likes.
  public var connections = 8
  /// After how long the server stops a statement, or nil for never.
  public var statementTimeout: Duration? = .seconds(30)
  /// How long a call waits for a server that does not answer, trying again and again.
  public var patience = Duration.seconds(10)
  /// How the connections present themselves in `pg_stat_activity`.
  public var applicationName = "marchepied"

  /// The usual settings for an address.
  public init(_ address: String) {
    self.address = address
  }

  /// The parameters of `PQconnectdbParams`, in order: defaults, then what the address says.
  var parameters: [(key: String, value: String)] {
    [
      ("connect_timeout", "5"),
      ("target_session_attrs", "read-write"),
      ("keepalives_idle", "30"),
      ("keepalives_interval", "10"),
      ("keepalives_count", "3"),
      ("tcp_user_timeout", "30000"),
      ("application_name", applicationName),
      ("client_encoding", "UTF8"),
      ("dbname", address),
    ]
  }

  /// What is said once on every new connection.
  var greeting: String {
    """
    SET TIME ZONE 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'iso_8601'; SET bytea_output = 'hex'; \
    SET extra_float_digits = 1; SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; \
    SET idle_in_transaction_session_timeout = '5min'; SET statement_timeout = \(statementTimeout?.inMilliseconds ?? 0)
    """
  }
}
