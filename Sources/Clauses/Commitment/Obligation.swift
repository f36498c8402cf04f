/// What is due, credited, excused and missing on a lot on any day, and who owes it.
public struct Obligation: Sendable, Equatable {
  /// Hours of a day that count in favour of a member, or of the whole where nobody is named.
  public struct Movement: Sendable, Equatable {
    /// The day from which they count.
    public var day: Day
    /// The hours.
    public var hours: Hours
    /// The member; nil: the lot as a whole.
    public var member: String?

    /// A movement from its parts.
    public init(day: Day, hours: Hours, member: String? = nil) {
      self.day = day
      self.hours = hours
      self.member = member
    }
  }

  /// What is given of a lot.
  public struct Case: Sendable, Equatable {
    /// The hours that the contract makes due by itself.
    public var due: HoursDue
    /// How hours grow with orders and invoices; nil where they do not.
    public var framework: FrameworkHours?
    /// Orders and call-offs: what they foresee is a forecast.
    public var orders: [FrameworkHours.Amount] = []
    /// Invoices: what they make due is owed.
    public var invoices: [FrameworkHours.Amount] = []
    /// The companies; nil where there is one.
    public var consortium: Consortium?
    /// Hours credited.
    public var credits: [Movement] = []
    /// Hours excused by a decision of the buyer, or by law.
    public var excuses: [Movement] = []

    /// A lot with hours due; the rest is filled in afterwards.
    public init(due: HoursDue) { self.due = due }
  }

  /// The four states of hours: due = counted toward it + excused + missing; what exceeds is a surplus.
  public struct Account: Sendable, Equatable {
    /// Hours due.
    public let due: Hours
    /// Hours credited.
    public let credited: Hours
    /// Hours excused, at most those due.
    public let excused: Hours
    /// Hours that miss.
    public let missing: Hours
    /// Hours credited beyond what is due.
    public let surplus: Hours

    /// The account of hours due, credited and excused.
    public init(due: Hours, credited: Hours, excused: Hours) {
      self.due = due
      self.credited = credited
      self.excused = min(excused, due)
      let net = due - self.excused
      missing = max(Hours(0), net - credited)
      surplus = max(Hours(0), credited - net)
    }

    /// What a member brings to a debt that it shares with others: credits alone, for nothing is due by it apart.
    init(sharedCredits: Hours) {
      due = Hours(0)
      credited = sharedCredits
      excused = Hours(0)
      missing = Hours(0)
      surplus = Hours(0)
    }

    /// What the formula gives: the hours that miss, or the true difference where it is under zero.
    var difference: String { (due - excused - credited).floorText }

    /// `675,2 h − 80 h excusées − 420 h comptabilisées`.
    var formula: String {
      let excuse = excused == Hours(0) ? "" : " \u{2212} \(excused.french) excusées"
      return "\(due.french)\(excuse) \u{2212} \(credited.french) comptabilisées"
    }
  }

  /// The account of a member.
  public struct MemberAccount: Sendable, Equatable {
    /// The member's name.
    public let name: String
    /// Its account; under a joint debt what is due, excused, missing and beyond what is due stays with the whole, and
    /// stands as zero here.
    public let account: Account
  }

  /// Hours that miss, and who answers for them.
  public struct Owed: Sendable, Equatable {
    /// Who answers: one company, or all members of a joint consortium.
    public let by: [String]
    /// The hours.
    public let hours: Hours
  }

  /// The day.
  public let day: Day
  /// The account of the lot; of a divided debt, the sums of the members'.
  public let account: Account
  /// The hours that orders foresee, what the contract makes due by itself included.
  public let forecast: Hours
  /// The hours that the contract makes due by itself.
  public let fixed: Hours
  /// The accounts of the members; empty where there is one company.
  public let members: [MemberAccount]
  /// Who owes what; empty where nothing misses.
  public let owed: [Owed]
  /// How it was reached.
  public let derivation: Derivation

  /// The state of a lot on a day: what is dated later is left out.
  public init(_ given: Case, on day: Day) {
    var derivation = Derivation()
    let fixed = given.due.hours(on: day, into: &derivation)
    var due = fixed
    var forecast = fixed
    if let framework = given.framework {
      let ordered = framework.hours(of: given.orders, until: day, named: "Commandes", into: &derivation)
      let invoiced = framework.hours(of: given.invoices, until: day, named: "Factures", into: &derivation)
      due = fixed + invoiced
      forecast = fixed + max(ordered, invoiced)
      derivation.step("Heures dues au \(day.french)", "\(fixed.french) + \(invoiced.french)", gives: due.french)
    }
    func sum(_ movements: [Movement], _ member: String?) -> Hours {
      movements.filter { $0.day <= day && $0.member == member }.reduce(Hours(0)) { $0 + $1.hours }
    }
    func total(_ movements: [Movement]) -> Hours {
      movements.filter { $0.day <= day }.reduce(Hours(0)) { $0 + $1.hours }
    }
    let credited = total(given.credits)
    let excused = total(given.excuses)
    if excused > Hours(0), !given.due.isPrivate {
      for article in CommitmentArticle.release(given.due.ccag) { derivation.cite(article) }
    }
    if excused > due {
      derivation.note(
        Finding(
          .warning, "excusedBeyondDue",
          "Les heures excusées (\(excused.french)) dépassent les heures dues (\(due.french))\(colon) seules celles-ci "
            + "le sont."))
    }
    var accounts: [MemberAccount] = []
    var owed: [Owed] = []
    var whole = Account(due: due, credited: credited, excused: excused)
    if let consortium = given.consortium, consortium.debt == .several,
      let parts = consortium.parts(of: due, invoices: given.invoices, until: day)
    {
      derivation.step(
        "Partage de la dette", consortium.split.french,
        gives: zip(consortium.members, parts).map { "\($0.name) \($1.french)" }.joined(separator: ", "))
      // What names nobody is shared like the debt itself.
      let common = (
        consortium.parts(of: sum(given.credits, nil), invoices: given.invoices, until: day) ?? [],
        consortium.parts(of: sum(given.excuses, nil), invoices: given.invoices, until: day) ?? []
      )
      for (index, member) in consortium.members.enumerated() {
        let account = Account(
          due: parts[index], credited: sum(given.credits, member.name) + common.0[index],
          excused: sum(given.excuses, member.name) + common.1[index])
        accounts.append(MemberAccount(name: member.name, account: account))
        derivation.step("Heures manquantes de \(member.name)", account.formula, gives: account.difference)
        if account.missing > Hours(0) { owed.append(Owed(by: [member.name], hours: account.missing)) }
      }
      whole = Account(summing: accounts.map(\.account))
      if whole.missing > Hours(0), whole.surplus > Hours(0) {
        derivation.note(
          Finding(
            .information, "surplusDoesNotHelp",
            "La clause est divisée\(colon) les \(whole.surplus.french) d’un membre au-delà de sa part ne couvrent pas "
              + "les \(whole.missing.french) qui manquent à un autre."))
      }
    } else {
      derivation.step("Heures manquantes", whole.formula, gives: whole.difference)
      if let consortium = given.consortium {
        accounts = consortium.members.map { member in
          MemberAccount(name: member.name, account: Account(sharedCredits: sum(given.credits, member.name)))
        }
        if consortium.debt == .several {
          derivation.note(
            Finding(
              .warning, "splitUnknown",
              "La dette ne se partage pas \(consortium.split.french)\(colon) aucune valeur n’est connue au "
                + "\(day.french). Elle reste entière d’ici là.",
              mend: "Donnez la part, le montant ou les factures de chaque membre."))
        }
        if whole.missing > Hours(0) { owed = [Owed(by: consortium.members.map(\.name), hours: whole.missing)] }
      } else if whole.missing > Hours(0) {
        owed = [Owed(by: [], hours: whole.missing)]
      }
    }
    if let lead = given.consortium?.lead {
      derivation.note(
        Finding(
          .information, "leadMember",
          "\(lead), mandataire, est le seul interlocuteur\(colon) il reçoit chaque courrier, les autres membres en copie.",
          article: given.due.isPrivate ? nil : CommitmentArticle.lead(given.due.ccag)))
    }
    if given.due.isPrivate {
      derivation.note(
        Finding(
          .information, "privateContract",
          "Contrat privé\(colon) aucun article du code de la commande publique ne s’applique, le contrat fixe seul les "
            + "heures et leurs suites."))
    }
    self.day = day
    self.fixed = fixed
    self.forecast = forecast
    account = whole
    members = accounts
    self.owed = owed
    self.derivation = derivation
  }
}

extension Obligation.Account {
  /// The sums of several accounts, where one's surplus does not help another.
  init(summing all: [Obligation.Account]) {
    due = all.reduce(Hours(0)) { $0 + $1.due }
    credited = all.reduce(Hours(0)) { $0 + $1.credited }
    excused = all.reduce(Hours(0)) { $0 + $1.excused }
    missing = all.reduce(Hours(0)) { $0 + $1.missing }
    surplus = all.reduce(Hours(0)) { $0 + $1.surplus }
  }
}
