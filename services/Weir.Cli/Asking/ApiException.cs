namespace Weir.Cli.Asking;

/// <summary>The API did not do what was asked: why, in words, and the program's exit code.</summary>
internal sealed class ApiException(int code, string message) : Exception(message)
{
    internal int Code => code;
}
