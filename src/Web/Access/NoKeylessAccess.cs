using Microsoft.AspNetCore.Http;
using Siamese.Contracts.Access;

namespace Siamese.Web.Access;

/// <summary>Everyone needs a key.</summary>
internal sealed class NoKeylessAccess : IKeylessAccess
{
    public Admission? Admit(HttpContext request) => null;
}
