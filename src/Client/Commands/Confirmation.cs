using System.CommandLine;
using Siamese.Contracts;

namespace Siamese.Client.Commands;

/// <summary>`--yes`, and the question that a command asks without it before it does what nobody can undo.</summary>
internal sealed class Confirmation(Surroundings surroundings)
{
    private readonly Option<bool> _yes = new("--yes") { Description = "Do not ask first; needed if standard input is not a terminal." };

    public void AddTo(Command command) => command.Add(_yes);

    /// <summary>What <see cref="IsGiven"/> checks first, for commands that print something before they ask.</summary>
    /// <exception cref="BadInputException">Nobody agreed, and nobody can be asked.</exception>
    public void Check(ParseResult line)
    {
        if (!IsGivenInAdvance(line) && !surroundings.Terminal.CanAsk)
            throw new BadInputException($"{line.CommandResult.Command.Name}: add {_yes.Name} if you are sure; nobody can be asked, because standard input is not a terminal.");
    }

    public bool IsGivenInAdvance(ParseResult line) => line.GetValue(_yes);

    /// <summary>Asks, unless somebody agreed on the command line.</summary>
    /// <returns>Whether to go on.</returns>
    /// <inheritdoc cref="Check" path="/exception"/>
    public async Task<bool> IsGiven(ParseResult line, string question)
    {
        Check(line);
        if (IsGivenInAdvance(line) || await surroundings.Terminal.Ask($"{question} (y/n)? ", "yn", surroundings.End) == 'y')
            return true;
        await surroundings.Terminal.Error.WriteLineAsync("Nothing was changed.");
        return false;
    }
}
