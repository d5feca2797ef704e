using MassTransit;

namespace Weir.Outbox.Inbox;

/// <summary>
/// Which messages a consume context stands for: one, or each of a batch. A batch is told apart message by message,
/// so that one duplicate among a hundred does not make the other ninety-nine run again or be dropped.
/// </summary>
internal static class InboxMessages<T>
    where T : class
{
    private static readonly BatchMessages<T>? Batch = BatchMessages<T>.IfBatch();

    /// <exception cref="MessageException">A message has no id, so the inbox could not tell it from another.</exception>
    public static IReadOnlyList<Guid> In(ConsumeContext<T> context) =>
        Batch?.In(context.Message) ?? [IdOf(context)];

    /// <summary>The same context with only those messages of its batch that are fresh.</summary>
    public static ConsumeContext<T> Only(ConsumeContext<T> context, IReadOnlyList<Guid> all, IReadOnlyCollection<Guid> fresh) =>
        Batch is null || fresh.Count == 0 || fresh.Count == all.Count ? context : Batch.Only(context, fresh);

    private static Guid IdOf(ConsumeContext<T> context) =>
        context.GetOriginalMessageId() ?? throw new MessageException(typeof(T), "A message without an id cannot go through the inbox");
}
