using System.Net;
using Npgsql;
using Siamese.Contracts;

namespace Siamese.Silo.Storage.Postgres;

/// <summary>
/// Keeps a silo on loopback out of a cluster of several machines. The others could not reach it, and both sides would
/// declare each other dead.
/// </summary>
internal static class ClusterElsewhere
{
    /// <summary>Checks the members of a cluster, except those without a heartbeat for two minutes.</summary>
    /// <param name="connectionString">Connection string of a store that has its tables.</param>
    /// <param name="clusterId">The cluster that the silo would join.</param>
    /// <exception cref="BadInputException">A member has an address that is not on loopback.</exception>
    public static void Refuse(string connectionString, string clusterId)
    {
        using var store = NpgsqlDataSource.Create(connectionString);
        using var query = store.CreateCommand(
            "SELECT DISTINCT Address FROM OrleansMembershipTable WHERE DeploymentId = $1 AND Status <> 6 AND IAmAliveTime > now() - interval '2 minutes'");
        query.Parameters.Add(new() { Value = clusterId });
        using var rows = query.ExecuteReader();
        while (rows.Read())
        {
            var address = rows.GetString(0);
            if (!IPAddress.IsLoopback(IPAddress.Parse(address)))
                throw new BadInputException($"--address: this silo would be on loopback, where the silo at {address}, of cluster '{clusterId}' in the same store, cannot reach it; state an address of this machine, or another --store or --cluster-id.");
        }
    }
}
