using System.Collections.Immutable;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Wording;
using Spectre.Console;

namespace Siamese.Client.Commands;

/// <summary>Prints which members did not take part in an answer, and why.</summary>
internal static class AbsentMembers
{
    public static void Write(IAnsiConsole console, ImmutableArray<AbsentMember> all)
    {
        if (!all.IsEmpty)
            console.WriteLine("degraded: some members of the ensemble did not take part");
        foreach (var absent in all)
            console.WriteLine($"  {Figures.ShortId(absent.Trial)} is absent, weight {Figures.Decimals(absent.Weight)}: {absent.Reason}");
    }
}
