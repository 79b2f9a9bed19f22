using Siamese.Contracts.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Tests.Data.Images;

namespace Siamese.Model.Tests.Data.Readers;

public sealed class IdxFolderTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Test_files_become_the_test_split_and_a_sixth_of_training_becomes_validation()
    {
        WriteSet("train", 108);
        WriteSet("t10k", 30);
        var data = _folder.Open();
        Assert.Equal((90, 18, 30), (data.Training.Images.Count, data.Validation.Images.Count, data.Test.Images.Count));
        Assert.Equal(["0", "1", "2"], data.Classes);
        Assert.Equal(Images(30, 7)[16..], data.Test.Images.Pixels);
    }

    [Fact]
    public void Without_test_files_training_is_split_in_three()
    {
        WriteSet("train", 120);
        var data = _folder.Open();
        Assert.Equal((84, 18, 18), (data.Training.Images.Count, data.Validation.Images.Count, data.Test.Images.Count));
        Assert.All(data.Validation.Images.Labels.CountBy(label => label), of => Assert.Equal(6, of.Value));
    }

    [Fact]
    public void Split_by_class_pools_training_and_test()
    {
        WriteSet("train", 60, classes: 6);
        WriteSet("t10k", 12, classes: 6);
        var data = _folder.Open(SplitBy.Class);
        Assert.Equal((24, 24, 24), (data.Training.Images.Count, data.Validation.Images.Count, data.Test.Images.Count));
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz")]
    [InlineData("train-images.idx3-ubyte", "train-labels.idx1-ubyte")]
    [InlineData("emnist-letters-train-images-idx3-ubyte.gz", "emnist-letters-train-labels-idx1-ubyte.gz")]
    public void Other_file_names_give_the_same_data_and_fingerprint(string images, string labels)
    {
        WriteSet("train", 60);
        var plain = _folder.Open();
        using var other = new DataFolder();
        other.Write(images, Packed(images, Images(60, 5)));
        other.Write(labels, Packed(labels, Labels(60, 3)));
        var again = other.Open();
        Assert.Equal(plain.Fingerprint, again.Fingerprint);
        Assert.Equal(plain.Training.Images.Pixels, again.Training.Images.Pixels);

        static byte[] Packed(string name, byte[] bytes) => name.EndsWith(".gz", StringComparison.Ordinal) ? SomeImages.Gz(bytes) : bytes;
    }

    [Fact]
    public void Images_of_another_size_are_resized()
    {
        _folder.Write("train-images-idx3-ubyte", SomeImages.Idx([60, 20, 12]));
        _folder.Write("train-labels-idx1-ubyte", Labels(60, 3));
        Assert.Equal(DataFolder.Small, _folder.Open().Training.Images.Shape);
    }

    [Fact]
    public void A_training_image_that_is_also_a_test_image_is_left_out_with_a_remark()
    {
        WriteSet("train", 60);
        var test = Images(30, 7);
        Images(60, 5).AsSpan(16, 64).CopyTo(test.AsSpan(16)); // Both first images have the label 0.
        _folder.Write("t10k-images-idx3-ubyte", test);
        _folder.Write("t10k-labels-idx1-ubyte", Labels(30, 3));
        var data = _folder.Open();
        Assert.Equal(59, data.Training.Images.Count + data.Validation.Images.Count);
        Assert.EndsWith(": 1.", Assert.Single(data.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_a_wrong_magic_number_is_named()
    {
        _folder.Write("train-images-idx3-ubyte", Labels(60, 3));
        _folder.Write("train-labels-idx1-ubyte", Labels(60, 3));
        Refused("train-images-idx3-ubyte", "00000801");
    }

    [Fact]
    public void Different_numbers_of_images_and_labels_are_refused()
    {
        _folder.Write("train-images-idx3-ubyte", Images(60, 5));
        _folder.Write("train-labels-idx1-ubyte", Labels(59, 3));
        Refused("60 images", "59 labels");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_truncated_file_is_refused_wherever_it_ends(bool packed)
    {
        _folder.Write("train-labels-idx1-ubyte", Labels(60, 3));
        var (name, bytes) = packed ? ("train-images-idx3-ubyte.gz", SomeImages.Gz(Images(60, 5))) : ("train-images-idx3-ubyte", Images(60, 5));
        foreach (var length in new[] { 0, 3, 10, 16, 100, bytes.Length - (packed ? 20 : 1) })
        {
            _folder.Write(name, bytes[..length]);
            Refused(name, "");
        }
    }

    [Fact]
    public void Data_after_the_end_is_refused()
    {
        _folder.Write("train-labels-idx1-ubyte", Labels(60, 3));
        _folder.Write("train-images-idx3-ubyte", [.. Images(60, 5), 0]);
        Refused("train-images-idx3-ubyte", "has more data");
        File.Delete(_folder.At("train-images-idx3-ubyte"));
        _folder.WriteGz("train-images-idx3-ubyte.gz", [.. Images(60, 5), .. new byte[1 << 20]]);
        Refused("train-images-idx3-ubyte.gz", "has more data");
    }

    [Theory]
    [InlineData(2_000_000_000, 28, 28, "1 GiB")]
    [InlineData(1_000_000, 28, 28, "truncated")]
    [InlineData(-1, -1, -1, "1 GiB")]
    [InlineData(0, 28, 28, "size 0")]
    [InlineData(60, 0, 28, "size 0")]
    public void A_header_that_claims_too_much_or_nothing_is_refused(int count, int height, int width, string reason)
    {
        _folder.Write("train-labels-idx1-ubyte", Labels(60, 3));
        byte[] header = [0, 0, 8, 3, .. Big(count), .. Big(height), .. Big(width)];
        _folder.Write("train-images-idx3-ubyte", header);
        Refused("train-images-idx3-ubyte", reason);
        File.Delete(_folder.At("train-images-idx3-ubyte"));
        _folder.WriteGz("train-images-idx3-ubyte.gz", header);
        Refused("train-images-idx3-ubyte.gz", reason);

        static byte[] Big(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
    }

    [Theory]
    [InlineData(17, -1, "truncated")]
    [InlineData(17, 1, "has more data")]
    [InlineData(70, 0, "hundredth")]
    public void A_header_that_does_not_fit_its_packed_file_is_refused_before_the_values_get_memory(int megabytes, int added, string reason)
    {
        var count = megabytes << 14;
        _folder.WriteGz("train-images-idx3-ubyte.gz", SomeImages.Idx([count, 8, 8], new byte[count * 64])[..^Math.Max(0, -added)].Concat(new byte[Math.Max(0, added)]).ToArray());
        _folder.Write("train-labels-idx1-ubyte", Labels(count, 3));
        // The first read also allocates what later reads share.
        Refused("train-images-idx3-ubyte.gz", reason);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused("train-images-idx3-ubyte.gz", reason);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (megabytes << 20) / 4);
    }

    [Fact]
    public void A_large_packed_file_is_read_as_its_unpacked_file()
    {
        const int Side = 520;
        var images = SomeImages.Idx([64, Side, Side], [.. Enumerable.Range(0, 64 * Side * Side).Select(i => (byte)(i * 7 % 251))]);
        _folder.WriteGz("train-images-idx3-ubyte.gz", images);
        _folder.Write("train-labels-idx1-ubyte", Labels(64, 2));
        using var plain = new DataFolder();
        plain.Write("train-images-idx3-ubyte", images);
        plain.Write("train-labels-idx1-ubyte", Labels(64, 2));

        Assert.Equal(plain.Open().Fingerprint, _folder.Open().Fingerprint);
    }

    [Fact]
    public void Files_that_do_not_match_are_refused_by_their_headers_alone()
    {
        _folder.WriteGz("train-images-idx3-ubyte.gz", [.. SomeImages.Idx([60, 8, 8])[..16], 1, 2, 3]);
        _folder.Write("train-labels-idx1-ubyte", Labels(59, 3));
        Refused("60 images", "59 labels");
    }

    [Fact]
    public void A_gz_file_that_is_not_gzip_is_refused()
    {
        _folder.Write("train-images-idx3-ubyte.gz", Images(60, 5));
        _folder.Write("train-labels-idx1-ubyte", Labels(60, 3));
        Refused("train-images-idx3-ubyte.gz", "unpacked");
    }

    [Fact]
    public void A_compressed_file_with_a_flipped_bit_is_refused()
    {
        var packed = SomeImages.Gz(Images(60, 5));
        packed[packed.Length / 2] ^= 1;
        _folder.Write("train-images-idx3-ubyte.gz", packed);
        _folder.Write("train-labels-idx1-ubyte", Labels(60, 3));
        Refused("train-images-idx3-ubyte.gz", "damaged");
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte", "train-labels-idx1-ubyte")]
    [InlineData("train-labels-idx1-ubyte", "train-images-idx3-ubyte")]
    [InlineData("t10k-labels-idx1-ubyte", "train-images-idx3-ubyte")]
    public void A_missing_file_is_named(string there, string missing)
    {
        _folder.Write(there, there.Contains("labels", StringComparison.Ordinal) ? Labels(60, 3) : Images(60, 5));
        Refused(_folder.Path, missing);
    }

    [Fact]
    public void Two_sets_in_one_folder_are_refused()
    {
        WriteSet("train", 60);
        WriteSet("other-train", 60);
        Refused("other-train-images-idx3-ubyte", "one set");
    }

    [Fact]
    public void A_plain_file_next_to_its_compressed_copy_is_not_a_second_set()
    {
        WriteSet("train", 60);
        _folder.WriteGz("train-images-idx3-ubyte.gz", Images(60, 5));
        Assert.Equal(60 * 70 / 100, _folder.Open().Training.Images.Count);
    }

    [Fact]
    public void A_label_with_one_image_is_left_out()
    {
        var labels = Labels(60, 3);
        labels[^1] = 9;
        _folder.Write("train-images-idx3-ubyte", Images(60, 5));
        _folder.Write("train-labels-idx1-ubyte", labels);
        var data = _folder.Open();
        Assert.Equal(59, new[] { data.Training, data.Validation, data.Test }.Sum(split => split.Images.Count));
        Assert.Contains("Classes left out because they have only one image: 1, such as 9.", data.Remarks);
    }

    private void WriteSet(string part, int count, int classes = 3)
    {
        _folder.Write($"{part}-images-idx3-ubyte", Images(count, part.Length));
        _folder.Write($"{part}-labels-idx1-ubyte", Labels(count, classes));
    }

    private static byte[] Images(int count, int seed) =>
        SomeImages.Idx([count, 8, 8], SomeImages.Pixels(seed == 4 ? 7 : seed, new ImageShape(count, 64)));

    private static byte[] Labels(int count, int classes) =>
        SomeImages.Idx([count], [.. Enumerable.Range(0, count).Select(i => (byte)(i % classes))]);

    private void Refused(string file, string reason)
    {
        var message = _folder.Refusal();
        Assert.Contains(file, message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }
}
