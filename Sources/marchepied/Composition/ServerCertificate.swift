import Clauses
import Foundation
import HummingbirdTLS
import NIOSSL

/// The certificate with which the program serves pages over TLS by itself, without a proxy in front.
struct ServerCertificate: Sendable {
  /// Certificate of the host first, then those that vouch for it; PEM.
  let chain: String
  /// Its private key; PEM, without pass phrase.
  let key: String

  /// How TLS is spoken: 1.2 at least.
  ///
  /// Throws ``Settings/Wrong`` with the file that is missing, unreadable, not of this form, or not of this key.
  func configuration() throws -> TLSConfiguration {
    let certificates = try self.certificates()
    let privateKey: NIOSSLPrivateKey
    do {
      privateKey = try NIOSSLPrivateKey(file: key, format: .pem)
    } catch {
      throw wrong("http.certificate-key", key, "n’est pas une clef privée lisible, en PEM et sans mot de passe")
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(privateKey))
    configuration.minimumTLSVersion = .tlsv12
    do {
      _ = try NIOSSLContext(configuration: configuration)
    } catch {
      throw wrong("http.certificate-key", key, "n’est pas la clef du certificat \(chain)")
    }
    return configuration
  }

  /// The last day on which every certificate of the chain serves.
  func lastDay() throws -> Day {
    let ends = try certificates().map(\.notValidAfter).min() ?? 0
    return Day(number: Int32(clamping: Int64(ends) / 86_400))
  }

  private func certificates() throws -> [NIOSSLCertificate] {
    let certificates = (try? NIOSSLCertificate.fromPEMFile(chain)) ?? []
    guard !certificates.isEmpty else {
      throw wrong("http.certificate", chain, "n’est pas un certificat lisible, en PEM")
    }
    return certificates
  }

  private func wrong(_ setting: String, _ path: String, _ what: String) -> Settings.Wrong {
    guard FileManager.default.fileExists(atPath: path) else {
      return Settings.Wrong("le réglage \(setting) désigne «\u{202F}\(path)\u{202F}», qui n’existe pas.")
    }
    return Settings.Wrong("le réglage \(setting) désigne «\u{202F}\(path)\u{202F}», qui \(what).")
  }
}
