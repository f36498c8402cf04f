public import Clauses
internal import FoundationEssentials

/// Fills the figures of the rules from JSON files.
public enum Facts {
  /// The figures of a folder of files, with folders of local choices above it, the last one on top.
  ///
  /// Every `.json` file directly in a folder is read, in the order of names. Throws at the first fault, with file,
  /// entry, field and what to do.
  public static func figures(in folder: String, overlays: [String] = []) throws(FactsError) -> Figures {
    var figures = Figures(try contents(of: folder))
    for overlay in overlays { figures = figures.overlaying(try contents(of: overlay)) }
    return figures
  }

  /// The folder of the reference figures: `facts` in the `share` folder that a setting names, else beside the
  /// executable, else in `./share`.
  ///
  /// Nil where none of them exists. `executable` is the path of the program; `share` may stand beside it or one folder
  /// above.
  public static func folder(share: String?, executable: String?) -> String? {
    var places: [String] = []
    if let share {
      places.append(share + "/facts")
    } else {
      if let executable {
        let beside = URL(filePath: executable).deletingLastPathComponent()
        places.append(beside.appending(path: "share/facts").path)
        places.append(beside.deletingLastPathComponent().appending(path: "share/facts").path)
      }
      places.append("share/facts")
    }
    return places.first { place in
      var isFolder = false
      return FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) && isFolder
    }
  }

  /// The lists of the files of one folder.
  public static func contents(of folder: String) throws(FactsError) -> Figures.Contents {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw FactsError(
        file: folder,
        advice:
          "le dossier ne peut pas être lu\u{202F}; "
          + "indiquez celui qui contient les fichiers JSON des données de référence."
      )
    }
    let files = names.filter { $0.hasSuffix(".json") }.sorted()
    guard !files.isEmpty else {
      throw FactsError(file: folder, advice: "le dossier ne contient aucun fichier .json de données de référence.")
    }
    var contents = Figures.Contents()
    for name in files {
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
        throw FactsError(file: name, advice: "le fichier ne peut pas être lu\u{202F}; vérifiez ses droits.")
      }
      contents.append(try Facts.contents(of: Array(data), file: name))
    }
    try Overlaps.refuse(in: contents, folder: folder)
    return contents
  }

  /// The lists of one file given as bytes; `file` names it in messages.
  public static func contents(of json: [UInt8], file: String) throws(FactsError) -> Figures.Contents {
    try FactsReader(file: file, json: json).contents
  }
}
