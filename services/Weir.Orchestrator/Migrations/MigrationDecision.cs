using MassTransit;
using Weir.Core.Identity;
using Weir.Core.Sagas;
using Weir.Persistence.Rows;

namespace Weir.Orchestrator.Migrations;

/// <summary>The one activity of the state machine: event in, the core's decision out, rows and messages in the event's transaction.</summary>
internal sealed class MigrationDecision(MigrationDesk desk) : IStateMachineActivity<StoredMigration>
{
    public async Task Execute<T>(BehaviorContext<StoredMigration, T> context, IBehavior<StoredMigration, T> next)
        where T : class
    {
        var happened = context.Message switch
        {
            MigrationHeard heard => new MigrationEvent(heard.Kind, new Incarnation(heard.Incarnation), new Epoch(heard.Epoch)),
            _ => new MigrationEvent(MigrationEventKind.LookAgain, Incarnation.None, Epoch.None),
        };
        var to = await desk.DecideAsync(context.Saga, happened, context.CancellationToken);
        context.GetOrAddPayload(() => new DecidedMigration(to));
        await next.Execute(context);
    }

    public Task Execute(BehaviorContext<StoredMigration> context, IBehavior<StoredMigration> next) => next.Execute(context);

    public Task Faulted<TException>(BehaviorExceptionContext<StoredMigration, TException> context, IBehavior<StoredMigration> next)
        where TException : Exception => next.Faulted(context);

    public Task Faulted<T, TException>(BehaviorExceptionContext<StoredMigration, T, TException> context, IBehavior<StoredMigration, T> next)
        where T : class
        where TException : Exception => next.Faulted(context);

    public void Probe(ProbeContext context) => context.CreateScope("decide");

    public void Accept(StateMachineVisitor visitor) => visitor.Visit(this);
}
