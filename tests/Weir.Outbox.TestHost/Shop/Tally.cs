using MassTransit;

namespace Weir.Outbox.TestHost.Shop;

/// <summary>A saga that counts.</summary>
public sealed class Tally : SagaStateMachineInstance, ISagaVersion
{
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    public string CurrentState { get; set; } = "";

    public int Sum { get; set; }

    public int Events { get; set; }
}
