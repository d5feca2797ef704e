namespace Weir.Contracts.Alerts;

/// <summary>Something needs a person. Published by Monitor with the row it tells of; for anyone. The same key is raised once until it is cleared.</summary>
/// <param name="Key">What it is about, such as <c>worker-lost/w1</c>, at most 200 characters.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Text">What is the matter and what to do, in words, at most 500 characters.</param>
/// <param name="Pool">The pool it concerns; null when it concerns more than one.</param>
[Message(MessageKind.Fact)]
public sealed record AlertRaised(string Key, AlertSeverity Severity, string Text, string? Pool = null);
