using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace Weir.Core.Invariants;

/// <summary>Assertions that stay on in production. They cost a branch; the text is built only when one fails.</summary>
public static class Invariant
{
    /// <summary>Throws when <paramref name="holds"/> is false.</summary>
    /// <param name="holds">The condition that must hold.</param>
    /// <param name="invariant">Its short name, such as <c>S2</c>.</param>
    /// <param name="what">What was found instead, with the ids concerned.</param>
    /// <exception cref="InvariantViolatedException">The condition does not hold.</exception>
    public static void Holds(
        [DoesNotReturnIf(false)] bool holds,
        string invariant,
        [InterpolatedStringHandlerArgument(nameof(holds))] ref Finding what)
    {
        if (!holds)
            throw new InvariantViolatedException(invariant, what.ToString());
    }

    /// <summary>The text of a failed assertion: formatted only when the condition is false.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Finding
    {
        private readonly StringBuilder? _text;

        /// <summary>Called by the compiler.</summary>
        public Finding(int literalLength, int formattedCount, bool holds, out bool enabled)
        {
            enabled = !holds;
            _text = enabled ? new StringBuilder(literalLength + 8 * formattedCount) : null;
        }

        /// <summary>Called by the compiler.</summary>
        public void AppendLiteral(string value) => _text!.Append(value);

        /// <summary>Called by the compiler.</summary>
        public void AppendFormatted<T>(T value) => _text!.Append(value);

        /// <inheritdoc/>
        public override string ToString() => _text?.ToString() ?? "";
    }
}
