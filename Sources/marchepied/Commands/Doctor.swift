import ArgumentParser
import Casework
import Clauses
import Foundation
import Records
import Site
import Storage
import Subprocess
import Vault

/// Checks everything that the program leans on, and says what to do.
struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Vérifie la base, les fichiers importés, le disque et les programmes extérieurs, et dit quoi faire.",
    discussion: "Exemple\u{202F}: marchepied doctor --verify\n\nCode de sortie 3 quand un point ne va pas.")

  @OptionGroup var common: Common
  @Flag(help: "Recalcule aussi tout le repérage et relit chaque fichier importé, pour les comparer à la base.")
  var verify = false
  @Flag(help: "Donne le résultat en JSON.") var json = false

  /// One point looked at.
  struct Finding: Encodable, Sendable {
    let point: String
    let well: Bool
    let detail: String
    /// What to do where something is wrong or absent.
    let remedy: String
    /// Whether it is something that one can do without, and that is not there.
    var isAbsent = false
  }

  func run() async throws {
    let command = self
    try await Terminal.run { try await command.work() }
  }

  private func work() async throws {
    let settings = try await common.settings()
    var findings = await data(settings)
    findings.append(disk(settings))
    findings.append(mail(settings))
    if let certificate = settings.certificate { findings.append(tls(certificate)) }
    findings.append(privacy(settings))
    findings.append(await provider(settings))
    findings.append(
      await program(
        "msmtp", ["--version"], need: "envoyer les courriels", package: "msmtp",
        isNeeded: settings.mail.server != nil))
    findings.append(
      await program(
        "python3", ["--version"], need: "les territoires et les ressources des pages, à l’installation",
        package: "python3-venv"))
    findings.append(
      await program(
        "pandoc", ["--version"], need: "les documents Word et LibreOffice", package: "pandoc"))
    findings.append(
      await program(
        "psql", ["--version"], need: "regarder dans une base PostgreSQL, si vous en avez une",
        package: "postgresql-client"))
    if json {
      Terminal.give(try JSON.text(findings))
    } else {
      for finding in findings {
        let mark = finding.well ? finding.isAbsent ? "➜" : "✓" : "✗"
        Terminal.give("\(mark) \(finding.point)\u{202F}: \(finding.detail)")
        if mark != "✓" { Terminal.give("    \(finding.remedy)") }
      }
    }
    if findings.contains(where: { !$0.well }) { throw Exit.unwell }
  }

  /// What is kept: the base, then what it refers to. Nothing is made where there is no base yet.
  private func data(_ settings: Settings) async -> [Finding] {
    if let path = Installation.missingFile(settings.database) {
      return [
        Finding(
          point: "base", well: false, detail: "«\u{202F}\(path)\u{202F}» n’existe pas",
          remedy: "Pour la créer, lancez\u{202F}: marchepied migrate. Si vos données sont ailleurs, indiquez leur base "
            + "par --database ou MARCHEPIED_DATABASE_URL.")
      ]
    }
    var findings: [Finding] = []
    do {
      let installation = try await Installation(settings, checkingSchema: false, isPatient: verify)
      findings += await base(installation)
      if findings.allSatisfy(\.well) {
        findings.append(try await files(installation))
        findings.append(try await keys(installation))
        if let queue = await queue(installation.world) { findings.append(queue) }
        if let requests = await requests(installation.world) { findings.append(requests) }
        if verify { findings.append(try await spotting(installation)) }
      }
      try await installation.close()
    } catch {
      findings.append(
        Finding(
          point: "démarrage", well: false, detail: "\(error)",
          remedy: "Corrigez ce point, puis relancez marchepied doctor."))
    }
    return findings
  }

  /// Days before the end of a certificate from which its renewal is asked for.
  private static let renewalDays: Int32 = 21

  private func tls(_ certificate: ServerCertificate) -> Finding {
    do {
      _ = try certificate.configuration()
      let last = try certificate.lastDay()
      let left = last.number - (Day(Date().ISO8601Format().prefix(10)) ?? last).number
      return Finding(
        point: "certificat", well: left > Self.renewalDays,
        detail: left < 0 ? "il a expiré le \(last.french)" : "il sert jusqu’au \(last.french)",
        remedy: "Renouvelez-le, puis redémarrez le programme pour qu’il le lise.")
    } catch {
      return Finding(
        point: "certificat", well: false, detail: "\(error)",
        remedy: "Corrigez ces réglages\u{202F}; sans eux, les pages sont servies en clair.")
    }
  }

  private func files(_ installation: Installation) async throws -> Finding {
    let report = try await CheckFiles(readsContent: verify).run(as: .machineOperator, in: installation.world)
    let folder = installation.settings.files
    var detail = French.count(report.referred, "fichier importé", "fichiers importés")
    if verify, report.isWhole, report.referred > 0 { detail += ", relus et intacts" }
    if !report.missing.isEmpty { detail += ", \(French.count(report.missing.count, "manquant"))" }
    if !report.damaged.isEmpty { detail += ", \(French.count(report.damaged.count, "altéré"))" }
    var remedies: [String] = []
    if !report.missing.isEmpty {
      remedies.append(
        "Vérifiez le réglage files (dossier \(folder)). S’il est bon, importez à nouveau les fichiers d’origine\u{202F}: "
          + "rien ne comptera deux fois.")
    }
    if !report.damaged.isEmpty {
      let names = report.damaged.prefix(5).map { "\($0.prefix(2))/\($0.dropFirst(2))" }
      remedies.append(
        "Retirez du dossier \(folder) ce qui est altéré (\(names.joined(separator: ", "))), puis importez à nouveau les "
          + "fichiers d’origine.")
    }
    return Finding(
      point: "fichiers", well: report.isWhole, detail: detail, remedy: remedies.joined(separator: " "))
  }

  private func base(_ installation: Installation) async -> [Finding] {
    let engine = try? await installation.database.engineVersion()
    return await HealthChecks(installation).run().checks.filter { $0.name != "disque" }.map { check in
      Finding(
        point: check.name, well: check.isWell,
        detail: check.name == "base" ? engine.map { "\(check.detail) (\($0))" } ?? check.detail : check.detail,
        remedy: check.name == "schéma"
          ? "Lancez\u{202F}: marchepied migrate, ou terminez la restauration ou la copie commencée."
          : "Vérifiez le réglage database.url et que le serveur répond.")
    }
  }

  /// Whether the file of keys is that of this base, and opens what it holds.
  private func keys(_ installation: Installation) async throws -> Finding {
    let path = installation.settings.keys
    let known = try await installation.database.read {
      try InstallationNotes.value(InstallationNotes.keyFingerprint, in: $0)
    }
    let remedy =
      "Indiquez le bon fichier par MARCHEPIED_KEYS, ou remettez-le depuis sa sauvegarde\u{202F}: rien ne le remplace."
    guard let known else {
      return Finding(
        point: "clefs", well: true, detail: "aucune donnée chiffrée encore\u{202F}; le fichier sera \(path)", remedy: ""
      )
    }
    do {
      let ring = try KeyRing(contentsOf: path)
      let isOurs = ring.keys.contains { $0.fingerprint == known }
      return Finding(
        point: "clefs", well: isOurs,
        detail: isOurs
          ? "\(path), empreinte \(known)" : "\(path) est d’une autre installation (attendue\u{202F}: \(known))",
        remedy: remedy)
    } catch {
      return Finding(point: "clefs", well: false, detail: "\(error)", remedy: remedy)
    }
  }

  private func spotting(_ installation: Installation) async throws -> Finding {
    let (checked, wrong) = try await VerifySpotting().run(as: .machineOperator, in: installation.world)
    return Finding(
      point: "repérage", well: wrong.isEmpty,
      detail:
        "\(French.count(checked, "marché recalculé", "marchés recalculés")), \(French.count(wrong.count, "écart"))"
        + (wrong.isEmpty
          ? "" : " (premiers numéros\u{202F}: \(wrong.prefix(5).map(String.init).joined(separator: ", ")))"),
      remedy: "Lancez\u{202F}: marchepied spot --refresh")
  }

  private func disk(_ settings: Settings) -> Finding {
    let free = Disk.free(at: settings.files)
    return Finding(
      point: "disque", well: free.map { $0 > HealthChecks.leastFree } ?? true,
      detail: free.map { "\(French.integer($0 >> 20))\u{A0}Mio libres" } ?? "espace inconnu",
      remedy: "Libérez de la place sur le disque de \(settings.files).")
  }

  private func program(
    _ name: String, _ arguments: [String], need: String, package: String, isNeeded: Bool = false
  ) async -> Finding {
    do {
      let result = try await Subprocess.run(
        .name(name), arguments: Arguments(arguments), output: .string(limit: 4096), error: .discarded)
      let version = result.standardOutput.split(separator: "\n").first.map(String.init) ?? "version inconnue"
      return Finding(point: name, well: true, detail: version, remedy: "")
    } catch {
      return Finding(
        point: name, well: !isNeeded,
        detail: "absent, \(isNeeded ? "nécessaire" : "facultatif")\u{202F}; sert à\u{202F}: \(need)",
        remedy: "Pour l’avoir, installez le paquet Debian \(package)\u{202F}: apt install \(package)", isAbsent: true)
    }
  }
}
