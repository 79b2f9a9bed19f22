using System.Text;
using Siamese.Contracts.Access;
using Siamese.Grains.Access;

namespace Siamese.Grains.Tests.Clusters;

/// <summary>Issues tickets that everybody can read.</summary>
internal sealed class SomeTickets : ITicketIssuer
{
    public byte[] Issue(string name, string key, Role role, DateTimeOffset until) => Encoding.UTF8.GetBytes($"{name}, {key}, {role}, {until:u}");
}
