using MassTransit;
using MassTransit.Context;

namespace Weir.Bus.Doors;

/// <summary>
/// A message as it comes through a door. Where no message id came with it, it has one made of its queue and its body,
/// so that the inbox knows a repeated one again: each message with a door names its own attempt, sequence or key.
/// Answers and faults never go where a stranger's header says.
/// </summary>
internal sealed class DoorContext(ConsumeContext context, string queue) : ConsumeContextProxy(context)
{
    private Guid? _made;

    public override Guid? MessageId => base.MessageId ?? (_made ??= BodyId.Of(queue, ReceiveContext.Body.GetBytes()));

    public override Uri? ResponseAddress => null;

    public override Uri? FaultAddress => null;
}
