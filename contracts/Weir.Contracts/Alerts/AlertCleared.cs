namespace Weir.Contracts.Alerts;

/// <summary>What an alert was about is well again. Published by Monitor with the row it tells of; for anyone.</summary>
/// <param name="Key">The key under which it was raised.</param>
/// <param name="Pool">The pool it concerned; null when it concerned more than one.</param>
[Message(MessageKind.Fact)]
public sealed record AlertCleared(string Key, string? Pool = null);
