namespace Weir.Bus;

/// <summary>The bus does not send there from here: the code is wrong, no attempt will make it right.</summary>
public sealed class AddressRefusedException : InvalidOperationException
{
    internal AddressRefusedException(string message)
        : base(message)
    {
    }
}
