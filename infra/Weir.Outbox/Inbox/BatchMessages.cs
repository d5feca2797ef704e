using MassTransit;
using MassTransit.Batching;
using MassTransit.Context;

namespace Weir.Outbox.Inbox;

/// <summary>What must be done with a batch, for who only knows that the message is some T.</summary>
internal abstract class BatchMessages<T>
    where T : class
{
    /// <summary>Null where T is no batch.</summary>
    public static BatchMessages<T>? IfBatch() =>
        typeof(T) is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Batch<>)
            ? (BatchMessages<T>)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeof(T), type.GenericTypeArguments[0]))!
            : null;

    public abstract IReadOnlyList<Guid> In(T batch);

    public abstract ConsumeContext<T> Only(ConsumeContext<T> context, IReadOnlyCollection<Guid> fresh);

    private sealed class Of<TMessage> : BatchMessages<T>
        where TMessage : class
    {
        public override IReadOnlyList<Guid> In(T batch) => [.. Messages(batch).Select(IdOf)];

        public override ConsumeContext<T> Only(ConsumeContext<T> context, IReadOnlyCollection<Guid> fresh)
        {
            var whole = (Batch<TMessage>)(object)context.Message;
            var left = fresh.ToHashSet();
            var messages = Messages(context.Message).Where(message => left.Remove(IdOf(message))).ToList();
            var batch = new MessageBatch<TMessage>(whole.FirstMessageReceived, whole.LastMessageReceived, whole.Mode, messages);
            return (ConsumeContext<T>)(object)new BatchConsumeContext<TMessage>(context, batch);
        }

        private static IEnumerable<ConsumeContext<TMessage>> Messages(T batch) => (Batch<TMessage>)(object)batch;

        private static Guid IdOf(ConsumeContext<TMessage> message) => message.GetOriginalMessageId()
            ?? throw new MessageException(typeof(TMessage), "A message without an id cannot go through the inbox");
    }
}
