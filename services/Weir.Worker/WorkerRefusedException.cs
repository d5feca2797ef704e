using Microsoft.Extensions.Options;

namespace Weir.Worker;

/// <summary>Options forbid the start. Whoever lets it through ends with <see cref="WorkerExitCode.Refused"/> and the words, and no stack.</summary>
internal sealed class WorkerRefusedException(IReadOnlyList<string> faults, bool wasLogged)
    : OptionsValidationException(Options.DefaultName, typeof(WeirWorkerOptions), faults)
{
    /// <summary>Whether the host's own log has had the words already.</summary>
    internal bool WasLogged { get; } = wasLogged;

    public override string Message => string.Join(Environment.NewLine, Failures.Select(fault => $"Refused to start: {fault}"));

    /// <summary>The host logs this.</summary>
    public override string ToString() => Message;
}
