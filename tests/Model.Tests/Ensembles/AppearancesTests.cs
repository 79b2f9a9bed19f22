using Siamese.Contracts.Data;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Ensembles;

namespace Siamese.Model.Tests.Ensembles;

public sealed class AppearancesTests
{
    private static readonly DataSet _digits = DataSets.Open(DataSource.MnistMini, ImageShape.Digits, CancellationToken.None);
    private static readonly DataSplit _training = _digits.Training;
    private static readonly DataSplit _validation = _digits.Validation;
    private readonly Appearances _appearances = new(_training.Images.Pixels);

    [Fact]
    public void It_is_1_minus_the_largest_pixel_correlation()
    {
        var image = _validation.Images[3].ToArray();
        var expected = Enumerable.Range(0, _training.Images.Count).Min(i => 1 - Correlation(image, _training.Images[i].ToArray()));

        Assert.Equal(expected, _appearances.Nearest(image), 1e-4);
        Assert.Equal(0, _appearances.Nearest(_training.Images[7]), 1e-5f);
    }

    [Fact]
    public void Brightness_and_contrast_do_not_matter()
    {
        var image = _validation.Images[5].ToArray();
        var faint = Array.ConvertAll(image, pixel => (byte)(60 + (pixel / 3)));
        Assert.Equal(_appearances.Nearest(image), _appearances.Nearest(faint), 1e-2f);
    }

    [Fact]
    public void Blank_inverted_and_noise_images_look_less_like_digits_than_nearly_all_digits()
    {
        var digits = Enumerable.Range(0, 200).Select(i => _appearances.Nearest(_validation.Images[i])).Order().ToArray();
        var usual = digits[(int)(0.98 * digits.Length)];
        var random = new Random(1);
        var noise = new byte[Appearances.Shape.Bytes];
        random.NextBytes(noise);

        Assert.Equal(Appearances.Blank, _appearances.Nearest(new byte[Appearances.Shape.Bytes]));
        Assert.Equal(Appearances.Blank, _appearances.Nearest([.. Enumerable.Repeat((byte)255, Appearances.Shape.Bytes)]));
        Assert.True(_appearances.Nearest(noise) > usual);
        for (var i = 0; i < 50; i++)
            Assert.True(_appearances.Nearest(Array.ConvertAll(_validation.Images[i].ToArray(), pixel => (byte)(255 - pixel))) > usual);
    }

    private static double Correlation(byte[] one, byte[] other)
    {
        var (x, y) = (one.Average(pixel => (double)pixel), other.Average(pixel => (double)pixel));
        var (xy, xx, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < one.Length; i++)
        {
            xy += (one[i] - x) * (other[i] - y);
            xx += (one[i] - x) * (one[i] - x);
            yy += (other[i] - y) * (other[i] - y);
        }

        return xy / Math.Sqrt(xx * yy);
    }
}
