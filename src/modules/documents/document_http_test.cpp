#include "modules/documents/document_http.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/cases/test_case_api.hpp"
#include "modules/documents/test_documents.hpp"

namespace jiuzhu::documents {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kJpeg = "\xFF\xD8\xFF\xE0 photo";

/// A part of a form as browsers send it.
std::string part(const std::string& name, const std::string& content, const std::string& file_name = "") {
  std::string text = "--BOUNDARY\r\nContent-Disposition: form-data; name=\"" + name + "\"";
  if (!file_name.empty()) text += "; filename=\"" + file_name + "\"\r\nContent-Type: image/jpeg";
  return text + "\r\n\r\n" + content + "\r\n";
}

std::string form(std::initializer_list<std::string> parts) {
  std::string body;
  for (const std::string& each : parts) body += each;
  return body + "--BOUNDARY--\r\n";
}

class DocumentRoutes : public test::CaseApiOnBothDatabases {
 protected:
  void SetUp() override {
    CaseApiOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    serve([this](api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context) {
      add_document_routes(api, context, files_.attachments());
    });
    row_ = file(couple_with_child());
  }

  const Actor& assistant() { return actor(Role::civil_affairs_assistant); }
  std::string path(const std::string& rest = "") { return path_of(row_, "/documents" + rest); }
  http::Response upload(std::string body, const std::string& type = "multipart/form-data; boundary=BOUNDARY") {
    return send(
        assistant(),
        {.method = http::Method::post, .path = path(), .headers = {{"content-type", type}}, .body = std::move(body)});
  }
  http::Response upload_file(const std::string& content, const std::string& file_name = "photo.jpg") {
    return upload(form({part("kind", "identity_paper"), part("file", content, file_name)}));
  }
  http::Response content_of(const std::string& id, http::Pairs query = {}) {
    return send(assistant(),
                {.method = http::Method::get, .path = path("/" + id + "/content"), .query = std::move(query)});
  }
  static std::string id_in(const http::Response& response) {
    return *json::parse(response.body)->find("id")->as_text();
  }

  test::TestAttachments files_;
  cases::CaseRow row_;
};

TEST_P(DocumentRoutes, UploadListOpenAndRemove) {
  const auto added = upload(form({part("kind", "identity_paper"), part("person", "m1"), part("title", "身份证正面"),
                                  part("file", kJpeg, "IMG_0001.HEIC.jpg")}));
  ASSERT_EQ(added.status, 201) << added.body;
  EXPECT_THAT(added.body, HasSubstr("\"is_new\":true"));
  const std::string id = id_in(added);

  const auto list = get(assistant(), path());
  ASSERT_EQ(list.status, 200) << list.body;
  for (const char* there : {"\"kind\":\"identity_paper\"", "身份证正面", "\"person_name\":\"王建国\"",
                            "\"media_type\":\"image/jpeg\"", "\"is_removable\":true", "\"file_bytes_max\":20971520"}) {
    EXPECT_THAT(list.body, HasSubstr(there));
  }
  for (const char* hidden : {"140399", "IMG_0001", "digest", "obstacle"})
    EXPECT_THAT(list.body, Not(HasSubstr(hidden)));

  const auto shown = content_of(id);
  ASSERT_EQ(shown.status, 200);
  EXPECT_EQ(shown.body, kJpeg);
  EXPECT_EQ(shown.header("Content-Type"), "image/jpeg");
  EXPECT_EQ(shown.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(shown.header("Cache-Control"), "no-store");
  EXPECT_THAT(std::string(*shown.header("Content-Security-Policy")), HasSubstr("default-src 'none'; sandbox"));
  EXPECT_THAT(std::string(*shown.header("Content-Disposition")), StartsWith("inline; filename*=UTF-8''%E8%BA%AB"));
  const auto saved = content_of(id, {{"save", "true"}});
  EXPECT_THAT(std::string(*saved.header("Content-Disposition")), StartsWith("attachment; "));
  EXPECT_THAT(std::string(*saved.header("Content-Disposition")), HasSubstr(row_.case_number));

  EXPECT_EQ(post(assistant(), path("/" + id + "/removal"), json::Value().set("reason", "")).status, 422);
  const auto removed = post(assistant(), path("/" + id + "/removal"), json::Value().set("reason", "拍得不清楚"));
  EXPECT_EQ(removed.status, 204) << removed.body;
  EXPECT_EQ(content_of(id).status, 404);
  EXPECT_THAT(get(assistant(), path()).body, HasSubstr("拍得不清楚"));
}

TEST_P(DocumentRoutes, TheSameFileIsNotTakenTwice) {
  const auto first = upload_file(kJpeg);
  const auto second = upload_file(kJpeg, "copy.jpg");
  EXPECT_EQ(id_in(first), id_in(second));
  EXPECT_THAT(second.body, HasSubstr("\"is_new\":false"));
}

TEST_P(DocumentRoutes, APdfIsOnlySaved) {
  const auto added = upload_file("%PDF-1.5 /JavaScript", "letter.pdf");
  ASSERT_EQ(added.status, 201) << added.body;
  const auto content = content_of(id_in(added));
  EXPECT_EQ(content.header("Content-Type"), "application/pdf");
  EXPECT_THAT(std::string(*content.header("Content-Disposition")), StartsWith("attachment; "));
}

TEST_P(DocumentRoutes, NamesAndClaimedTypesDoNotCount) {
  // Right names, wrong contents.
  for (const char* content : {"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"/>", "<html><script>", "GIF89a",
                              "MZ\x90", "PK\x03\x04", " \xFF\xD8\xFF"}) {
    const auto refused = upload_file(content);
    EXPECT_EQ(refused.status, 422) << content;
    EXPECT_THAT(refused.body, HasSubstr("content.type_refused"));
  }
  EXPECT_THAT(upload_file("").body, HasSubstr("content.empty"));
  EXPECT_TRUE(files_.files().empty());
  // Strange names, right contents: the name is not looked at, and no file gets it.
  int count = 0;
  for (const char* name : {"../../../../etc/passwd", "..\\..\\windows\\system32", "/etc/cron.d/x",
                           "a\xE2\x80\xAEgpj.exe", "photo.svg", "x.html", "con", "....//....//x"}) {
    const auto added = upload_file(kJpeg + std::to_string(++count), name);
    EXPECT_EQ(added.status, 201) << name << " " << added.body;
  }
  for (const auto& file : files_.files()) {
    EXPECT_EQ(file.filename().string().size(), 64U) << file;
    EXPECT_THAT(file.string(), HasSubstr("/attachments/140302/"));
  }
  EXPECT_EQ(files_.files().size(), static_cast<std::size_t>(count));
}

TEST_P(DocumentRoutes, MalformedFormsAreRefusedAsAWhole) {
  const std::string whole = form({part("kind", "other"), part("file", kJpeg, "a.jpg")});
  const auto key_of = [](const http::Response& response) {
    return *json::parse(response.body)->find("key")->as_text();
  };
  for (const std::size_t length :
       {whole.size() - 16, whole.size() - 30, std::size_t{80}, std::size_t{12}, std::size_t{0}}) {
    EXPECT_EQ(key_of(upload(whole.substr(0, length))), "request.not_form") << length;
  }
  EXPECT_EQ(key_of(upload(whole, "application/json")), "request.not_form");
  EXPECT_EQ(key_of(upload(whole, "multipart/form-data")), "request.not_form");
  EXPECT_EQ(key_of(upload(whole, "multipart/form-data; boundary=OTHER")), "request.not_form");
  EXPECT_EQ(key_of(upload(form({part("kind", "other"), part("file", kJpeg, std::string("a\0b.jpg", 7))}))),
            "request.not_form");
  EXPECT_EQ(key_of(upload(form({part("kind", "other"), part("file", kJpeg, "a\xFF.jpg")}))), "request.not_form");
  EXPECT_TRUE(files_.files().empty());
}

TEST_P(DocumentRoutes, EveryFaultOfTheFormIsNamedAtOnce) {
  const auto refused = upload(form(
      {part("kind", "passport"), part("title", std::string("a\0b", 3)), part("case", "x"), part("kind", "other")}));
  EXPECT_EQ(refused.status, 422);
  for (const char* there : {"\"/kind\"", "field.not_in_list", "document.part_twice", "\"/title\"", "field.not_text",
                            "\"/case\"", "field.unknown", "\"/file\"", "field.missing"}) {
    EXPECT_THAT(refused.body, HasSubstr(there));
  }
  const auto marks = upload(form(
      {part("kind", "other"), part("title", "\xE2\x80\xAEgpj"), part("person", "m9"), part("file", kJpeg, "a.jpg")}));
  EXPECT_THAT(marks.body, HasSubstr("document.title_unseen"));
  EXPECT_THAT(marks.body, HasSubstr("document.person_unknown"));
}

TEST_P(DocumentRoutes, TooMuchIsRefusedWithItsLimit) {
  const auto large = upload_file(kJpeg + std::string(kFileBytesMax, 'x'));
  EXPECT_EQ(large.status, 413) << large.body;
  EXPECT_THAT(large.body, HasSubstr("20 MiB"));
  const auto huge = upload_file(kJpeg + std::string(33U << 20, 'x'));
  EXPECT_EQ(huge.status, 413) << huge.body;
  EXPECT_TRUE(files_.files().empty());
}

TEST_P(DocumentRoutes, StrangersGetNothing) {
  const std::string id = id_in(upload_file(kJpeg));
  const Actor neighbour = make_actor(Role::civil_affairs_assistant, region("140302002"));
  EXPECT_EQ(get(neighbour, path()).status, 404);
  EXPECT_EQ(get(neighbour, path("/" + id + "/content")).status, 404);
  EXPECT_EQ(get(actor(Role::funds_officer), path("/" + id + "/content")).status, 403);
  EXPECT_EQ(post(actor(Role::auditor), path("/" + id + "/removal"), json::Value().set("reason", "检查")).status, 403);
  EXPECT_EQ(get(assistant(), path("/../../x/content")).status, 404);
  EXPECT_EQ(get(assistant(), path("/" + world_id<DocumentId>().to_text() + "/content")).status, 404);
}

JZ_ON_BOTH_DATABASES(DocumentRoutes);

}  // namespace
}  // namespace jiuzhu::documents
