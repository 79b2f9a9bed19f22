using Siamese.Contracts;

namespace Siamese.Client.Connections;

/// <summary>The ensemble to ask if none is named.</summary>
internal static class NewestEnsemble
{
    /// <exception cref="BadInputException">There is no ensemble.</exception>
    public static async Task<string> Find(Calls calls, CancellationToken cancellation)
    {
        var board = await calls.Make((cluster, token) => cluster.Board.List(token), cancellation);
        return board.Where(entry => entry.HasEnsemble).MaxBy(entry => entry.FormedAt)?.Sweep
            ?? throw new BadInputException("There is no ensemble yet; `client sweep --margins 1,2,5` trains one.");
    }
}
