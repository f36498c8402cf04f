extension PlannedContract {
  /// What a published contract lets expect of the one that renews it: the same object, amount and duration, beginning when
  /// it ends.
  ///
  /// `departement` is where it is performed. An estimate to be corrected with the buyer, never a fact.
  public init(renewing notice: AwardNotice, in departement: Departement?) {
    self.init(object: String(notice.object.prefix(500)))
    cpv = notice.cpv
    category = notice.cpv.map { PurchaseCategory(of: $0) }
    amount = notice.amountInForce.flatMap { $0.cents > 0 ? $0 : nil }
    months = notice.durationInForce.flatMap { (1...1200).contains($0) ? $0 : nil }
    place = departement.map { "\($0.name) (\($0.code.code))" }
    self.departement = departement?.code
    start = notice.expectedEnd?.adding(days: 1).month
    isFramework = notice.amountIsCeiling ? true : nil
  }
}
