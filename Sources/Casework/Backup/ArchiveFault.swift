/// What is wrong with an archive; nothing was touched when it is thrown.
public enum ArchiveFault: Error, Equatable, CustomStringConvertible {
  /// The file is none of this program’s archives.
  case foreign
  /// The file ends too early.
  case truncated
  /// Bytes changed in this part of it.
  case altered(String)
  /// It was written in a later form than this program reads.
  case unknownVersion(Int)
  /// It comes from a base with a migration that this program does not have.
  case newerSchema(String)
  /// A table of it does not fit the base that its migrations make.
  case unfit(String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .foreign:
      "Ce fichier n’est pas une sauvegarde de Marchepied. Vérifiez son nom\u{202F}; s’il est compressé, "
        + "décompressez-le d’abord."
    case .truncated:
      "Cette sauvegarde est incomplète\u{202F}: le fichier s’arrête trop tôt. Recopiez-le depuis son lieu d’origine, ou "
        + "prenez une autre sauvegarde. Rien n’a été modifié."
    case .altered(let part):
      "Cette sauvegarde est altérée\u{202F}: des octets ont changé dans «\u{202F}\(part)\u{202F}». Recopiez-la depuis "
        + "son lieu d’origine, ou prenez une autre sauvegarde. Rien n’a été modifié."
    case .unknownVersion(let version):
      "Cette sauvegarde a une forme que ce programme ne connaît pas (version \(version)). Installez la version la plus "
        + "récente du programme. Rien n’a été modifié."
    case .newerSchema(let program):
      "Cette sauvegarde vient d’une version plus récente du programme (\(program)). Installez cette version, puis "
        + "relancez. Rien n’a été modifié."
    case .unfit(let table):
      "La table «\u{202F}\(table)\u{202F}» de cette sauvegarde ne correspond pas à la base que ce programme prépare. "
        + "Utilisez la version du programme qui a fait la sauvegarde."
    }
  }
}
