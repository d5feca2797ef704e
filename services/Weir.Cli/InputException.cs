namespace Weir.Cli;

/// <summary>What the user gave cannot be used: where it is, what it is and what would be right. Ends the program with code 2.</summary>
internal sealed class InputException : Exception
{
    internal InputException(string message)
        : base(message)
    {
    }

    internal InputException(string where, string found, string wanted)
        : base($"{where} is {found}; right would be {wanted}")
    {
    }
}
