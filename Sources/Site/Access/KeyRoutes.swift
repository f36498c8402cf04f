import Casework
import Clauses
import HTTPTypes
import Hummingbird

extension Routes {
  /// The keys of an organisation's programs: list, making, end.
  mutating func keys(world: World) {
    let shell = shell
    @Sendable func view(_ context: SiteContext) async throws -> KeysView {
      guard let model = try await ListKeys(try context.organisation()).run(as: context.actor, in: world) else {
        throw SiteContext.noOrganisation
      }
      return KeysView(model: model, mark: context.formMark)
    }
    route(.access(.part(Address.any, .keys)), right: ListKeys.right) { _, context in try await view(context).page }
    form(.access(.part(Address.any, .keys)), right: MakeKey.right) { form, _, context in
      do {
        let making = MakeKey(
          try context.organisation(), name: form["nom"], permissions: form.fields.all("permission"),
          days: form["duree"])
        guard let text = try await making.run(as: context.actor, in: world) else { throw SiteContext.noOrganisation }
        var view = try await view(context)
        view.text = text
        return shell.page(view.page, for: context)
      } catch let fault as FieldFault {
        var view = try await view(context)
        (view.fault, view.typed) = (fault, form.fields)
        return shell.page(view.page, for: context, status: .unprocessableContent)
      }
    }
    form(.access(.part(Address.any, .keyEnd)), right: RevokeKey.right) { form, _, context in
      let organisation = try context.organisation()
      guard let key = ID<APIKey>(form["cle"]),
        try await RevokeKey(key, of: organisation).run(as: context.actor, in: world)
      else { throw Problem.missing("Cette clé", remedy: "Elle est peut-être déjà révoquée.") }
      var view = try await view(context)
      view.notice = "La clé est révoquée\u{202F}: le logiciel qui s’en sert est refusé dès maintenant."
      return shell.page(view.page, for: context)
    }
  }
}
