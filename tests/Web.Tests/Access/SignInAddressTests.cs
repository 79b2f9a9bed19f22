using Microsoft.AspNetCore.Http;
using Siamese.Web.Access;

namespace Siamese.Web.Tests.Access;

public sealed class SignInAddressTests
{
    [Theory]
    [InlineData("", "", "/", "", "sign-in?to=")]
    [InlineData("", "", "/sweeps/a", "../", "../sign-in?to=sweeps%2Fa")]
    [InlineData("", "", "/sweeps/a/", "../../", "../../sign-in?to=sweeps%2Fa%2F")]
    [InlineData("", "/siamese", "", "siamese/", "siamese/sign-in?to=")]
    [InlineData("", "/siamese", "/", "", "sign-in?to=")]
    [InlineData("", "/siamese", "/sweeps/a", "../", "../sign-in?to=sweeps%2Fa")]
    [InlineData("/siamese", "", "/siamese", "siamese/", "siamese/sign-in?to=")]
    [InlineData("/siamese", "/outer", "/siamese/", "", "sign-in?to=")]
    [InlineData("/siamese", "/outer", "/siamese/docs/", "../", "../sign-in?to=docs%2F")]
    public void Its_way_holds_behind_any_proxy(string prefix, string pathBase, string path, string start, string address)
    {
        var request = new DefaultHttpContext { Request = { PathBase = pathBase, Path = path } }.Request;

        Assert.Equal(start, new SignInAddress(prefix).ToStart(request));
        Assert.Equal(address, new SignInAddress(prefix).From(request));
    }
}
