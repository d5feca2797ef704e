using Weir.Testing.Traits;

namespace Weir.Contracts.Tests;

[Unit]
public sealed class ContractLockTests
{
    private const string Locked = """
        Command N.Start
          Worker: string
          Epoch: int64
          Note: string? = optional

        enum N.Reason
          Lost: name

        """;

    [Fact]
    public void Contracts_AgainstTheCommittedFile_BreakNobody()
    {
        if (Environment.GetEnvironmentVariable(ContractLock.Switch) == "1")
            File.WriteAllText(ContractLock.File, ContractLock.Write(ContractType.All));

        Assert.Empty(ContractLock.Breaks(ContractLock.Read(File.ReadAllText(ContractLock.File)), ContractType.All));
    }

    [Fact]
    public void File_WrittenAndRead_IsTheSame()
    {
        var text = ContractLock.Write(ContractType.All);

        Assert.Equal(text, ContractLock.Write(ContractLock.Read(text)));
        Assert.Empty(ContractLock.Breaks(ContractLock.Read(text), ContractType.All));
    }

    [Theory]
    [InlineData("  Epoch: int64\n", "", "N.Start.Epoch is gone")]
    [InlineData("Epoch:", "Number:", "N.Start.Epoch is gone")]
    [InlineData("int64", "int32", "N.Start.Epoch was int64 and is int32")]
    [InlineData("Worker: string", "Worker: string?", "N.Start.Worker was string and is string?")]
    [InlineData("string? = optional", "string?", "N.Start.Note was optional and is required")]
    [InlineData("  Note", "  Fresh: int32\n  Note", "N.Start.Fresh is new and required")]
    [InlineData("N.Start", "N.Begin", "N.Start is gone")]
    [InlineData("Command N.Start", "Fact N.Start", "N.Start was Command and is Fact")]
    [InlineData("Lost", "Missing", "N.Reason.Lost is gone")]
    public void PlantedChange_ThatBreaksSomebody_IsAFault(string before, string after, string fault)
    {
        var faults = ContractLock.Breaks(ContractLock.Read(Locked), ContractLock.Read(Locked.Replace(before, after, StringComparison.Ordinal)));

        Assert.Contains(faults, each => each.StartsWith(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("  Note", "  Fresh: int32? = optional\n  Note")]
    [InlineData("  Lost: name", "  Lost: name\n  Stuck: name")]
    [InlineData("enum N.Reason", "Fact N.Fresh\n  Pool: string\n\nenum N.Reason")]
    public void PlantedChange_ThatAddsWhatMayBeMissing_IsNone(string before, string after) =>
        Assert.Empty(ContractLock.Breaks(ContractLock.Read(Locked), ContractLock.Read(Locked.Replace(before, after, StringComparison.Ordinal))));
}
