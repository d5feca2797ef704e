using MassTransit;

namespace Weir.Outbox.TestHost.Shop;

/// <summary>Counts from the first event on.</summary>
public sealed class TallyStateMachine : MassTransitStateMachine<Tally>
{
    public TallyStateMachine()
    {
        InstanceState(tally => tally.CurrentState);
        Event(() => CountUp);
        Initially(When(CountUp).Then(Add).Publish(Tell).TransitionTo(Counting));
        During(Counting, When(CountUp).Then(Add).Publish(Tell));
    }

    public State Counting { get; private set; } = null!;

    public Event<CountUp> CountUp { get; private set; } = null!;

    private static void Add(BehaviorContext<Tally, CountUp> context)
    {
        context.Saga.Sum += context.Message.By;
        context.Saga.Events++;
    }

    private static Counted Tell(BehaviorContext<Tally, CountUp> context) => new(context.Saga.CorrelationId, context.Saga.Sum);
}
