using MassTransit;
using MassTransit.Context;
using Weir.Bus.Endpoints;

namespace Weir.Bus.Incoming;

/// <summary>
/// A message as the inside sees it. Where no message id came with it, it has one made of its queue and its body, so that
/// the inbox knows a repeated one again: each message with a door names its own attempt, sequence or key. Faults never
/// go where a header says, answers only where the endpoint's policy trusts its senders.
/// </summary>
internal sealed class IncomingContext(ConsumeContext context, EndpointPolicy policy) : ConsumeContextProxy(context)
{
    private Guid? _made;

    public override Guid? MessageId => base.MessageId ?? (_made ??= BodyId.Of(policy.Queue, ReceiveContext.Body.GetBytes()));

    public override Uri? ResponseAddress => policy.AnswersRequests ? base.ResponseAddress : null;

    public override Uri? FaultAddress => null;
}
