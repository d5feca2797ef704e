namespace Weir.Testing.Servers;

/// <summary>Where the servers of a test run come from.</summary>
public enum ServerKind
{
    /// <summary>Adopted: the environment names their addresses.</summary>
    Env,

    /// <summary>Containers, started by the tests.</summary>
    Docker,

    /// <summary>Child processes of the tests, from installed packages.</summary>
    Local,
}
