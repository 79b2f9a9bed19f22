using System.CommandLine;
using Siamese.Client.CommandLine;

namespace Siamese.Client.Commands.Keys;

/// <summary>`keys add`, `keys list` and `keys revoke`: the keys with which programs call the HTTP API of a cluster.</summary>
internal sealed class KeysCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    public Command Describe() => new("keys", "Manage the keys with which programs call the HTTP API.")
    {
        new KeyAdding(surroundings, common).Describe(),
        new KeyListing(surroundings, common).Describe(),
        new KeyRevoking(surroundings, common).Describe(),
    };
}
