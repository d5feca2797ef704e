using Weir.Worker.Agent;

namespace Weir.Worker.Testing;

/// <summary>Remembers how the process would have ended.</summary>
internal sealed class TestProcessEnd : IProcessEnd
{
    /// <summary>The code; null while it goes on.</summary>
    internal int? Code { get; private set; }

    /// <summary>Whether it would have ended at once, with whatever ran.</summary>
    internal bool AtOnce { get; private set; }

    public void Ask(int exitCode) => Code ??= exitCode;

    public void Now(int exitCode)
    {
        if (AtOnce)
            return;
        (Code, AtOnce) = (exitCode, true);
    }
}
