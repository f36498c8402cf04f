public import Clauses

/// Sizes an effort in hours by every method that applies, side by side.
public struct CompareCalibrations: Sendable {
  /// A computation that keeps nothing: anyone may ask.
  public static let right = Right.readPublicData

  /// What is known of the purchase.
  public var given: Calibration.Case
  /// The segment that proposes what is not given; nil where only what is given counts.
  public var segment: String?
  /// Hours to reach, for the question asked backwards; nil where nobody asks.
  public var wanted: Hours?
  /// The method that is asked backwards.
  public var inverting: Calibration.Method

  /// The question about a purchase.
  public init(
    _ given: Calibration.Case, segment: String? = nil, wanted: Hours? = nil,
    inverting: Calibration.Method = .labourShare
  ) {
    self.given = given
    self.inverting = inverting
    self.segment = segment
    self.wanted = wanted
  }

  /// What the question gives.
  public struct Answer: Sendable {
    /// The purchase segments to choose from.
    public let segments: [SegmentSheet]
    /// The segment that proposed figures.
    public let segment: SegmentSheet?
    /// Every method, and the spread between them.
    public let comparison: Calibration.Comparison
    /// The rate of insertion that gives the hours wanted; nil where the method knows no rate.
    public let rate: Calibration.Answer?
    /// The amount from which a clause is worth it with the same figures.
    public let worthwhileFrom: Calibration.Answer?

    /// An answer from its parts; views' tests build it by hand.
    public init(
      segments: [SegmentSheet], segment: SegmentSheet?, comparison: Calibration.Comparison, rate: Calibration.Answer?,
      worthwhileFrom: Calibration.Answer?
    ) {
      self.segments = segments
      self.segment = segment
      self.comparison = comparison
      self.rate = rate
      self.worthwhileFrom = worthwhileFrom
    }
  }

  /// The answer; throws where a reference figure is missing.
  public func run(as actor: Actor, in world: World) throws -> Answer {
    try actor.authorise(Self.right)
    let calibrator = try Calibrator(figures: world.figures, on: world.today())
    let sheet = segment.flatMap { calibrator.segments.sheet($0) }
    var given = given
    if given.cpv == nil { given.cpv = sheet?.reference }
    return Answer(
      segments: calibrator.segments.all, segment: sheet, comparison: calibrator.compare(given),
      rate: wanted.flatMap { hours in
        try? calibrator.find(.init(.insertionRate, hours: hours), in: given, by: inverting)
      },
      worthwhileFrom: try? calibrator.find(.init(.amount), in: given, by: inverting))
  }
}
