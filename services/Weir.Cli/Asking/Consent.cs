namespace Weir.Cli.Asking;

/// <summary>Asks a person before something is changed. Where nobody can be asked, `--yes` must have been given.</summary>
internal sealed class Consent(Terminal terminal, bool yes, bool noInput)
{
    /// <summary>A plain question; only y or yes agrees.</summary>
    /// <exception cref="InputException">Nobody can be asked.</exception>
    /// <exception cref="ApiException">The person said no.</exception>
    internal void Ask(string question)
    {
        if (yes) return;
        var answer = Answer($"{question} [y/N] ", question);
        if (!string.Equals(answer, "y", StringComparison.OrdinalIgnoreCase) && !string.Equals(answer, "yes", StringComparison.OrdinalIgnoreCase))
            throw No();
    }

    /// <summary>Before what cannot be undone: the name has to be typed.</summary>
    /// <exception cref="InputException">Nobody can be asked.</exception>
    /// <exception cref="ApiException">Something else was typed.</exception>
    internal void AskForName(string danger, string name)
    {
        if (yes) return;
        if (!string.Equals(Answer($"{danger} Type {name} to go on: ", danger), name, StringComparison.Ordinal))
            throw No();
    }

    private string Answer(string prompt, string question)
    {
        if (noInput || terminal.Answers is not { } answers)
            throw new InputException($"{question} Nobody can be asked here: give --yes to agree, or --dry-run to see what would be done.");
        terminal.Words.Write(prompt);
        terminal.Words.Flush();
        return answers.ReadLine()?.Trim() ?? "";
    }

    private static ApiException No() => new(ExitCode.Refused, "Nothing was done.");
}
