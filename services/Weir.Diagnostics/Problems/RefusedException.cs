using Weir.Diagnostics.Api;

namespace Weir.Diagnostics.Problems;

/// <summary>A request is not carried out; the gate turns it into a problem document.</summary>
internal sealed class RefusedException : Exception
{
    internal RefusedException(ProblemKind kind, string detail, string? field = null, string? value = null, string? right = null, IReadOnlyList<string>? streams = null, Exception? inner = null)
        : base(detail, inner)
    {
        Kind = kind;
        Problem = new Problem(kind.Address, kind.Title, kind.Status, detail, field, value, right, streams);
    }

    internal ProblemKind Kind { get; }

    internal Problem Problem { get; }
}
