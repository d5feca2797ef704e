using MassTransit;
using Weir.Core.Sagas;
using Weir.Persistence.Rows;

namespace Weir.Orchestrator.Migrations;

/// <summary>What the state machine does, by name.</summary>
internal static class MigrationVerbs
{
    /// <summary>Asks the core what the event does, and does it.</summary>
    internal static EventActivityBinder<StoredMigration, T> Decide<T>(this EventActivityBinder<StoredMigration, T> binder)
        where T : class => binder.Activity(activity => activity.OfInstanceType<MigrationDecision>());

    /// <summary>Goes to a state where the core decided for it.</summary>
    internal static EventActivityBinder<StoredMigration, T> GoOn<T>(this EventActivityBinder<StoredMigration, T> binder, MigrationState decided, State state)
        where T : class => binder.If(
            context => context.TryGetPayload<DecidedMigration>(out var payload) && payload.To == decided,
            then => then.TransitionTo(state));
}
