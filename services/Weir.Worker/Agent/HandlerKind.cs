namespace Weir.Worker.Agent;

/// <summary>A handler that was named for a kind of stream.</summary>
/// <param name="Kind">1 to 64 characters.</param>
/// <param name="Handler">The type of the handler.</param>
internal sealed record HandlerKind(string Kind, Type Handler);
