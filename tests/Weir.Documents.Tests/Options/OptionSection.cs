namespace Weir.Documents.Tests.Options;

/// <summary>A section of a program's configuration.</summary>
/// <param name="Name">Such as <c>Weir:Registry</c>.</param>
/// <param name="Type">Whose properties are its options.</param>
/// <param name="ReadBy">Which programs read it, in words.</param>
internal sealed record OptionSection(string Name, Type Type, string ReadBy);
