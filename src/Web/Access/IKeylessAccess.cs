using Microsoft.AspNetCore.Http;
using Siamese.Contracts.Access;

namespace Siamese.Web.Access;

/// <summary>Decides who needs no key. A silo admits programs of its own user on its own machine; others admit nobody.</summary>
public interface IKeylessAccess
{
    /// <summary>What the sender of a request without a key may do; null if a key is needed.</summary>
    Admission? Admit(HttpContext request);
}
