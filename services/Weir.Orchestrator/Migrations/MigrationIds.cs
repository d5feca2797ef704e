namespace Weir.Orchestrator.Migrations;

/// <summary>Where migrations get their ids from.</summary>
/// <param name="next">Gives an id that nobody else has; called by several threads.</param>
internal sealed class MigrationIds(Func<Guid> next)
{
    internal Guid Next() => next();
}
