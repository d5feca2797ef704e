namespace Weir.Contracts.Tests;

/// <summary>A field as it is on the wire.</summary>
/// <param name="Name">As in the record.</param>
/// <param name="Type">In C#'s own words, with <c>?</c> where null is allowed.</param>
/// <param name="IsOptional">Whether a sender may leave it out.</param>
internal sealed record ContractField(string Name, string Type, bool IsOptional)
{
    internal string Line => $"  {Name}: {Type}{(IsOptional ? " = optional" : "")}";
}
