using MassTransit;
using Weir.Core.Sagas;
using Weir.Persistence.Rows;

namespace Weir.Orchestrator.Migrations;

/// <summary>
/// The life of a migration. Its first row, in Releasing, is written by the applier together with the assignment and the command. Each
/// event is decided by one call of the core; the row of the stream, the saga and the command that follows commit together.
/// </summary>
internal sealed class MigrationStateMachine : MassTransitStateMachine<StoredMigration>
{
    public MigrationStateMachine()
    {
        InstanceState(move => move.CurrentState);
        Event(() => Heard, heard =>
        {
            heard.CorrelateById(context => context.Message.MigrationId);
            heard.OnMissingInstance(missing => missing.Discard());
        });
        Event(() => Due, due =>
        {
            due.CorrelateById(context => context.Message.MigrationId);
            due.OnMissingInstance(missing => missing.Discard());
        });

        During(Releasing,
            When(Heard).Decide().GoOn(MigrationState.Starting, Starting).GoOn(MigrationState.RolledBack, RolledBack).GoOn(MigrationState.Failed, Failed),
            When(Due).Decide().GoOn(MigrationState.Starting, Starting).GoOn(MigrationState.RolledBack, RolledBack).GoOn(MigrationState.Failed, Failed));

        During(Starting,
            When(Heard).Decide().GoOn(MigrationState.Completed, Completed).GoOn(MigrationState.RolledBack, RolledBack),
            When(Due).Decide().GoOn(MigrationState.Completed, Completed).GoOn(MigrationState.RolledBack, RolledBack));

        During(Completed, Ignore(Heard), Ignore(Due));
        During(RolledBack, Ignore(Heard), Ignore(Due));
        During(Failed, Ignore(Heard), Ignore(Due));
    }

    public Event<MigrationHeard> Heard { get; private set; } = null!;

    public Event<MigrationDue> Due { get; private set; } = null!;

    /// <summary>The old owner was told to stop.</summary>
    public State Releasing { get; private set; } = null!;

    /// <summary>The new owner was told to start.</summary>
    public State Starting { get; private set; } = null!;

    /// <summary>The new owner runs it.</summary>
    public State Completed { get; private set; } = null!;

    /// <summary>It ended otherwise, and the stream's row says who may have it.</summary>
    public State RolledBack { get; private set; } = null!;

    /// <summary>The old owner's handler does not end: the stream is where it was.</summary>
    public State Failed { get; private set; } = null!;
}
