import Clauses
import Records
import Testing

@testable import Casework

@Suite struct RightsTests {
  private func actor(
    _ role: Role, administers: Bool = false, isStrong: Bool = true, isValidated: Bool = true
  ) -> Actor {
    let now = Moment(milliseconds: 0)
    let acting = Actor.Acting(
      membership: ID(at: now), organisation: ID(at: now), role: role, isAdministrator: administers,
      isValidated: isValidated)
    return Actor(.person(.init(account: ID(at: now), session: ID(at: now), acting: acting, isStrong: isStrong)))
  }

  @Test func `the table names every right, and the operator of the machine holds them all`() {
    for right in Right.allCases {
      #expect(Rights.table[right] != nil, "\(right)")
      #expect(Actor.machineOperator.scope(of: right) == .everything)
    }
    #expect(Right.allCases.filter { Actor.visitor.may($0) } == [.readPublicData, .enter])
    for role in Role.allCases { #expect(!actor(role, administers: true).may(.operate)) }
  }

  @Test func `a role that sees why people are eligible has nothing of it without a second factor`() {
    for role in Role.allCases {
      let weak = actor(role, administers: true, isStrong: false)
      #expect(weak.may(.manageOwnAccount))
      #expect(weak.may(.changeOrganisation) == (!role.needsSecondFactor && role != .participant), "\(role)")
      let sees = Rights.sight(of: .eligibilityCategory, for: role) >= .pseudonym && role != .participant
      #expect(role.needsSecondFactor == (sees || role == .coordinator), "\(role)")
    }
    let error = #expect(throws: Forbidden.self) {
      try actor(.facilitator, administers: true, isStrong: false).authorise(.decideOrganisations)
    }
    #expect(error?.reason == .secondFactor)
    let waiting = #expect(throws: Forbidden.self) {
      try actor(.coordinator, administers: true, isValidated: false).authorise(.decideOrganisations)
    }
    #expect(waiting?.reason == .validation)
    #expect(throws: Forbidden(reason: .signIn)) { try Actor.visitor.authorise(.readMembers) }
    #expect(throws: Forbidden(reason: .role)) { try actor(.buyer).authorise(.decideOrganisations) }
  }

  @Test func `buyers see a pseudonym and hours, companies never the category, coordinations totals only`() {
    #expect(
      Rights.sight(of: .identity, for: .buyer) == .pseudonym && Rights.sight(of: .hours, for: .buyer) == .pseudonym)
    #expect(Rights.sight(of: .eligibilityCategory, for: .company) == .hidden)
    #expect(Rights.sight(of: .proof, for: .company) == .hidden)
    for role in [Role.buyer, .company, .coordinator, .structure] {
      #expect(Rights.sight(of: .sensitivePrescriber, for: role) == .hidden, "\(role)")
    }
    for field in Rights.Field.allCases {
      #expect(Rights.sight(of: field, for: .coordinator) <= .counted, "\(field)")
      #expect([.hidden, .own].contains(Rights.sight(of: field, for: .participant)), "\(field)")
    }
  }
}
