namespace Weir.Cli.Asking;

/// <summary>Whether the operator's key goes with a request.</summary>
internal enum KeyUse
{
    None,
    IfThere,
    Needed,
}
