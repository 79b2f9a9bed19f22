using Siamese.Client.Connections;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Commands;

/// <summary>Looks up ensembles by name.</summary>
internal static class EnsembleLookup
{
    /// <summary>The ensemble to ask if none is named.</summary>
    /// <exception cref="BadInputException">There is no ensemble.</exception>
    public static async Task<string> Newest(Calls calls, CancellationToken cancellation)
    {
        var board = await calls.Make((cluster, token) => cluster.Board.List(token), cancellation);
        if (BoardEntry.DefaultOf(board) is { } newest)
            return newest.Sweep;
        throw new BadInputException(board.FirstOrDefault(entry => entry.HasEnsemble) is { } imported
            ? $"Ensembles that were imported without --default must be named: add --ensemble {imported.Sweep}; `client ensembles` lists all."
            : "There is no ensemble yet; `client sweep --margins 1,2,5` trains one.");
    }

    /// <summary>The error for a name that no ensemble has.</summary>
    public static BadInputException Unknown(string name) => new($"There is no ensemble '{name}'; `client ensembles` lists all ensembles.");
}
