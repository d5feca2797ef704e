namespace Weir.Worker.Agent;

/// <summary>How the SDK ends the process it lives in.</summary>
internal interface IProcessEnd
{
    /// <summary>In order: the host is asked to stop and the process will end with this code.</summary>
    void Ask(int exitCode);

    /// <summary>At once: a handler does not end, and nothing of the process may act any more.</summary>
    void Now(int exitCode);
}
